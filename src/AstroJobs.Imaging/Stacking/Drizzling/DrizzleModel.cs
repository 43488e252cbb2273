using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Drizzling;

/// <summary>
/// What a drizzled picture should show, by which samples that do not belong there are told: the frames resampled and stacked with rejection, in pixels of the reference.
/// (Samples of drizzled frames do not lie on each other, so that they cannot be compared among themselves; drizzlepac does the same.)
/// </summary>
internal sealed class DrizzleModel : IDisposable
{
    private readonly PassPicture _picture;

    private DrizzleModel(PassPicture picture, int width, int height) => (_picture, Width, Height) = (picture, width, height);

    public int Width { get; }

    public int Height { get; }

    /// <summary>How the frames are resampled and stacked in pixels of the reference.</summary>
    /// <param name="frames">Laid on the drizzled result.</param>
    /// <param name="canvas">Of the drizzled result.</param>
    public static StackPass PassOf(StackSession session, Integration integration, IReadOnlyList<RegisteredFrame> frames, StackCanvas canvas)
    {
        var request = session.Request;
        var scale = canvas.Scale;
        var coarser = new PixelMap(1 / scale, 0, (1 - scale) / (2 * scale), 0, 1 / scale, (1 - scale) / (2 * scale));
        RegisteredFrame[] laid = [.. frames.Select(frame => frame with { ToCanvas = frame.ToCanvas.Then(coarser) })];
        var how = integration with { Mode = StackMode.Mean };
        var plan = StripPlan.Make(
            request with { Registration = request.Registration with { Drizzle = null }, RejectionMaps = null, CoveragePath = null },
            how,
            laid,
            new StackCanvas(canvas.Left, canvas.Top, (int)Math.Ceiling(canvas.Width / scale), (int)Math.Ceiling(canvas.Height / scale)),
            session.MemoryBytes);
        return new StackPass(plan, how, laid);
    }

    /// <param name="pass">As <see cref="PassOf"/> makes it, with a rejection.</param>
    public static DrizzleModel Make(StackSession session, StackPass pass)
    {
        var picture = new PassPicture(session, KeptPart.Model, pass);
        try
        {
            Integrator.Run(session, pass, picture);
            return new DrizzleModel(picture, pass.Plan.Width, pass.Plan.Height);
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    public void ReadRows(int channel, int firstRow, Span<float> rows) => _picture.ReadRows(channel, firstRow, rows);

    public void Dispose() => _picture.Dispose();
}
