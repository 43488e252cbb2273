using System.Globalization;
using AstroJobs.Imaging.Quality;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Statistics;
using AstroJobs.Imaging.Threads;

namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>
/// Finds by their whole pictures how far frames are shifted, and turned: the Moon, planets, the Sun, and stars too defocused to be found. First the whole
/// picture in joined pixels, then, twice, a part of full pixels around what stands out.
/// </summary>
/// <param name="isSky">A sky of a few stars: its level is taken off and single bright pixels are levelled, since hot ones stand still.</param>
internal sealed class SurfaceRegistrar(StackSession session, IReadOnlyList<InspectedFrame> frames, bool isSky)
{
    private const double LeastLikeness = 0.3; // noise takes it down, another picture to about 0
    private const double LeastSignificance = 6.5; // the highest of a quarter of a million values of noise is at 4.7

    private readonly MemoryGate _memory = new(session.MemoryBytes);

    /// <summary>Of each frame, by the same measure.</summary>
    public double[] MeasureSharpness()
    {
        var sharpness = new double[frames.Count];
        Crew.Run(session.Request.Threads, frames.Count, (_, i, token) => WithPlane(i, plane => sharpness[i] = PictureSharpness.Of(plane), token), session.Cancellation);
        return sharpness;
    }

    /// <param name="which">Indices of the frames to match, all of the reference's size.</param>
    /// <returns>One a frame asked for, in their order.</returns>
    public Correlation[] Match(int reference, IReadOnlyList<int> which)
    {
        var found = new Correlation[which.Count];
        Target? target = null;
        WithPlane(reference, plane => target = new Target(plane, !isSky && session.Request.Registration.Transform != TransformModel.Shift), session.Cancellation);
        var done = 0;
        Crew.Run(session.Request.Threads, which.Count, (_, i, token) =>
        {
            if (which[i] == reference)
                found[i] = new Correlation(0, 0, 1, double.PositiveInfinity);
            else
                WithPlane(which[i], plane => found[i] = target!.Find(plane), token);
            var count = Interlocked.Increment(ref done);
            session.Tell(StackPhase.Register, count, which.Count, string.Create(
                CultureInfo.InvariantCulture, $"Frame {count}/{which.Count} laid by its picture ({100 * found[i].Likeness:0} % alike)"));
        }, session.Cancellation);
        return found;
    }

    /// <summary>Null where the pictures are not alike enough.</summary>
    public FrameMap? MapOf(Correlation found) =>
        (isSky ? found.Significance >= LeastSignificance : found.Likeness >= LeastLikeness)
            ? FrameMap.Of(found.ToReference(), found.Turn == 0 ? TransformModel.Shift : TransformModel.Similarity)
            : null;

    public string ReasonOf(Correlation found) => isSky
        ? string.Create(CultureInfo.InvariantCulture, $"its picture does not fit either: the best shift stands {found.Significance:0.0} deviations out of noise, {LeastSignificance:0.0} are needed")
        : string.Create(CultureInfo.InvariantCulture, $"its picture is not like the reference's: {100 * found.Likeness:0} % at the best shift, {100 * LeastLikeness:0} % are needed");

    private void WithPlane(int index, Action<DetectionPlane> work, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var frame = frames[index];
        var bytes = DetectionPlane.BytesFor(frame.Info);
        _memory.Enter(bytes, token);
        try
        {
            using var plane = DetectionPlane.From(frame.Info, (channel, firstRow, rows) => frame.Store.ReadRows(channel, firstRow, rows));
            if (isSky)
                Level(plane);
            work(plane);
        }
        finally
        {
            _memory.Leave(bytes);
        }
    }

    private static void Level(DetectionPlane plane)
    {
        var sky = BackgroundMesh.Measure(plane.Samples, plane.Width, plane.Height, Math.Max(plane.Quantum, 1e-7f));
        var level = new float[plane.Width];
        var sigma = new float[plane.Width];
        for (var y = 0; y < plane.Height; y++)
        {
            sky.LevelRow(y, level);
            sky.SigmaRow(y, sigma);
            var row = plane.Samples.Slice(y * plane.Width, plane.Width);
            for (var x = 0; x < row.Length; x++)
                row[x] -= level[x];
            // A hot pixel of a mosaic lights two columns of the plane.
            for (var x = 2; x < row.Length - 2; x++)
            {
                var around = Math.Max(row[x - 2], row[x + 2]);
                if (row[x] > around + (5 * sigma[x]))
                    row[x] = around;
            }
        }
    }

    /// <summary>The reference as it is looked for in the others.</summary>
    private sealed class Target
    {
        private readonly PhaseCorrelator _whole;
        private readonly PhaseCorrelator _part;
        private readonly TurnFinder? _turn;
        private readonly int _side;
        private readonly (int Left, int Top) _corner;

        public Target(DetectionPlane plane, bool mayTurn)
        {
            var (samples, width, height, binning) = Patch.Whole(plane);
            _whole = new PhaseCorrelator(samples, width, height);
            _side = Patch.SideOf(plane);
            var (x, y) = Patch.MiddleOfInterest(samples, width);
            _corner = Patch.CornerOf(plane, x * binning, y * binning, _side);
            var part = Patch.Cut(plane, _corner.Left, _corner.Top, _side);
            _part = new PhaseCorrelator(part, _side, _side);
            _turn = mayTurn && TurnFinder.Fits(_side) ? new TurnFinder(part, _corner, _side, _part) : null;
        }

        public Correlation Find(DetectionPlane plane)
        {
            var (samples, _, _, binning) = Patch.Whole(plane);
            var coarse = _whole.Find(samples);
            var (dx, dy) = (coarse.Dx * binning, coarse.Dy * binning);
            var fine = coarse;
            for (var round = 0; round < 2; round++)
            {
                var (left, top) = Patch.CornerOf(plane, _corner.Left + (_side / 2.0) + dx, _corner.Top + (_side / 2.0) + dy, _side);
                fine = _part.Find(Patch.Cut(plane, left, top, _side));
                (dx, dy) = (left - _corner.Left + fine.Dx, top - _corner.Top + fine.Dy);
            }
            var shift = new Correlation(dx, dy, fine.Likeness, coarse.Significance);
            return _turn?.Find(plane, shift) ?? shift;
        }
    }
}
