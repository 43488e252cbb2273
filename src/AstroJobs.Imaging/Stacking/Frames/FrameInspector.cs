using System.Globalization;
using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Local;
using AstroJobs.Imaging.Stacking.Output;
using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Statistics;
using AstroJobs.Imaging.Threads;
using AstroJobs.Imaging.Trimming;

namespace AstroJobs.Imaging.Stacking.Frames;

/// <summary>
/// The first and only full look at each input: every sample is decoded once, its sky and stars are measured, and what cannot give rows
/// later goes to the scratch file on the way.
/// </summary>
internal sealed class FrameInspector(StackSession session, Calibrator calibrator)
{
    private readonly OpenFiles _openFiles = OpenFiles.OfThisProcess();
    private readonly MemoryGate _memory = new(session.MemoryBytes);
    private readonly StackRequest _request = session.Request;
    private int _done;

    /// <summary>The session is told every input that is left out.</summary>
    /// <returns>The others, in their order.</returns>
    public IReadOnlyList<InspectedFrame> InspectAll()
    {
        using var planes = new PixelPool();
        var looks = new (InspectedFrame? Frame, LeftOutFrame? LeftOut)[_request.Inputs.Count];
        Crew.Run(_request.Threads, looks.Length, (_, i, token) => looks[i] = InspectOrLeaveOut(i, planes, token), session.Cancellation);
        foreach (var leftOut in looks.Select(look => look.LeftOut).OfType<LeftOutFrame>())
            session.LeftOut.Add(leftOut);
        return [.. looks.Select(look => look.Frame).OfType<InspectedFrame>()];
    }

    private (InspectedFrame?, LeftOutFrame?) InspectOrLeaveOut(int index, PixelPool planes, CancellationToken cancellation)
    {
        var path = _request.Inputs[index].Path;
        var name = Path.GetFileName(path);
        try
        {
            using var reader = calibrator.Over(FrameTrim.Open(path, _request.Trim));
            if (!_request.Inputs[index].IsNamed && StackProduct.Is(reader.Info.Metadata))
                return Left("a stack made by this program, not a frame: name the file itself to stack it all the same");
            if (_request.Trim.Overscan == OverscanUse.Subtract && !reader.Info.Metadata.IsOverscanTakenOff)
                return Left("its header names no overscan (BIASSEC) whose level could be taken off");
            if (session.Checkpoint?.Find(path) is { } look && Restore(index, reader.Info, look) is { } known)
            {
                Tell("kept from the run before");
                return (known, null);
            }
            var key = session.Checkpoint?.KeyOf(path); // of the file as it is before it is read
            var frame = Inspect(index, reader, planes, cancellation);
            if (key is not null)
                Keep(key, frame);
            Tell(_request.Alignment == StackAlignment.Stars
                ? string.Create(CultureInfo.InvariantCulture, $"read ({frame.Field.Stars.Count} stars)")
                : "read");
            return (frame, null);
        }
        catch (ImageException exception) when (exception is not MissingLibraryException) // which every other frame would meet too
        {
            return Left(exception.Message);
        }

        (InspectedFrame?, LeftOutFrame?) Left(string reason)
        {
            Tell($"left out: {name}: {reason}");
            return (null, new LeftOutFrame(path, reason));
        }
    }

    /// <returns>Null when the kept samples are not those of this picture.</returns>
    private InspectedFrame? Restore(int index, FrameInfo info, KeptLook look)
    {
        if (look.Samples is { } samples && samples.Bytes != ScratchStore.BytesOf(info, samples.Format))
            return null;
        var path = _request.Inputs[index].Path;
        FrameStore store = look.Samples is { } kept ? new ScratchStore(session.Scratch, info, kept) : new FileStore(path, info, _openFiles);
        return new InspectedFrame(index, path, info, look.Field, look.Levels, store) { Background = look.BackgroundOf(info), CameraBalance = look.CameraBalance };
    }

    private void Keep(string key, InspectedFrame frame) => session.Checkpoint!.Add(
        new KeptLook(key, frame.Field, frame.Levels, frame.Background?.Levels.ToArray() ?? [], frame.CameraBalance, (frame.Store as ScratchStore)?.Kept), calibrator.State, session.Scratch.Sync);

    private InspectedFrame Inspect(int index, FrameReader reader, PixelPool planes, CancellationToken cancellation)
    {
        var info = reader.Info;
        var bytes = DetectionPlane.BytesFor(info) + reader.WorkingBytes;
        _memory.Enter(bytes, cancellation);
        try
        {
            FrameStore store;
            RowSource read;
            if (reader.ReadsRowsDirectly)
            {
                store = new FileStore(_request.Inputs[index].Path, info, _openFiles);
                read = reader.ReadRows;
            }
            else
            {
                var copy = new ScratchStore(session.Scratch, info, ScratchFormats.Of(reader));
                store = copy;
                read = (channel, firstRow, rows) => copy.CopyRows(reader, channel, firstRow, rows);
            }
            var sampler = new SkySampler(info);
            using var glance = _request.LooksForUnevenSkies ? new SkyGlance(info) : null;
            using var plane = DetectionPlane.From(info, (channel, firstRow, rows) =>
            {
                cancellation.ThrowIfCancellationRequested();
                read(channel, firstRow, rows);
                sampler.Take(channel, firstRow, rows);
                glance?.Take(channel, firstRow, rows);
            }, planes);
            return new InspectedFrame(index, _request.Inputs[index].Path, info, Look(plane, info, cancellation), sampler.Levels(), store) { Background = glance?.Mesh(), CameraBalance = reader.CameraBalance };
        }
        finally
        {
            _memory.Leave(bytes);
        }
    }

    private StarField Look(DetectionPlane plane, FrameInfo info, CancellationToken cancellation)
    {
        if (_request.Alignment == StackAlignment.Stars || _request.Trails is { FillGaps: true })
            return StarFinder.Find(plane, info.Width, info.Height, cancellation);
        var sky = BackgroundMesh.Measure(plane.Samples, plane.Width, plane.Height, plane.Quantum);
        return new StarField(info.Width, info.Height, [], sky.Level, sky.Sigma, 1);
    }

    private void Tell(string what)
    {
        var done = Interlocked.Increment(ref _done);
        session.Tell(StackPhase.Read, done, _request.Inputs.Count, string.Create(CultureInfo.InvariantCulture, $"Frame {done}/{_request.Inputs.Count} {what}"));
    }
}
