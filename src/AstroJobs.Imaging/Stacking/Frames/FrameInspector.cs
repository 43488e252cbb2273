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
            if (Refusal(_request.Inputs[index], reader.Info.Metadata) is { } reason)
                return Left(reason);
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

    /// <returns>Null for a frame that may be taken.</returns>
    private string? Refusal(StackInput input, FrameMetadata metadata)
    {
        if (!input.IsNamed && StackProduct.Is(metadata))
            return "a stack made by this program, not a frame: name the file itself to stack it all the same";
        return _request.Trim.Overscan == OverscanUse.Subtract && !metadata.IsOverscanTakenOff
            ? "its header names no overscan (BIASSEC) whose level could be taken off"
            : null;
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
        var bytes = DetectionPlane.BytesFor(reader.Info) + reader.WorkingBytes;
        _memory.Enter(bytes, cancellation);
        try
        {
            return Look(index, reader, planes, cancellation);
        }
        finally
        {
            _memory.Leave(bytes);
        }
    }

    private InspectedFrame Look(int index, FrameReader reader, PixelPool planes, CancellationToken cancellation)
    {
        var (path, info) = (_request.Inputs[index].Path, reader.Info);
        var (store, read) = StoreOf(path, reader);
        var sampler = new SkySampler(info);
        using var glance = _request.LooksForUnevenSkies ? new SkyGlance(info) : null;
        using var plane = DetectionPlane.From(info, (channel, firstRow, rows) =>
        {
            cancellation.ThrowIfCancellationRequested();
            read(channel, firstRow, rows);
            sampler.Take(channel, firstRow, rows);
            glance?.Take(channel, firstRow, rows);
        }, planes);
        var field = FieldOf(plane, info, cancellation);
        return new InspectedFrame(index, path, info, field, sampler.Levels(), store) { Background = glance?.Mesh(), CameraBalance = reader.CameraBalance };
    }

    /// <summary>Where its rows come from later, and how they are read now: what gives none directly is copied on the way.</summary>
    private (FrameStore Store, RowSource Read) StoreOf(string path, FrameReader reader)
    {
        if (reader.ReadsRowsDirectly)
            return (new FileStore(path, reader.Info, _openFiles), reader.ReadRows);
        var copy = new ScratchStore(session.Scratch, reader.Info, ScratchFormats.Of(reader));
        return (copy, (channel, firstRow, rows) => copy.CopyRows(reader, channel, firstRow, rows));
    }

    private StarField FieldOf(DetectionPlane plane, FrameInfo info, CancellationToken cancellation)
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
