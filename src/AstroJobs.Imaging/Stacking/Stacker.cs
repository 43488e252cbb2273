using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking;

/// <summary>Stacks pictures: reads each once, lays them on the best one, combines them strip by strip and writes the result.</summary>
public static class Stacker
{
    /// <param name="progress">Called from several threads.</param>
    /// <exception cref="StackException">Fewer than two frames are usable.</exception>
    /// <exception cref="ImageException">The result cannot be written.</exception>
    public static StackReport Run(StackRequest request, IProgress<StackProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var session = StackSession.Open(request, progress, cancellation);
        using var calibrator = PrepareCalibrator(session);
        session.EndPhase(StackPhase.Calibrate);
        var frames = new FrameInspector(session, calibrator).InspectAll();
        try
        {
            session.EndPhase(StackPhase.Read);
            var placed = Place(session, frames);
            session.EndPhase(StackPhase.Register);
            var report = new PictureMaker(session, placed, calibrator.Report()).Make();
            session.Checkpoint?.Delete();
            return report;
        }
        finally
        {
            foreach (var frame in frames)
                frame.Store.Dispose();
        }
    }

    private static Calibrator PrepareCalibrator(StackSession session)
    {
        var calibrator = new Calibrator(session.Request.Calibration, new MasterMaker(session));
        if (session.Checkpoint is { } checkpoint)
            calibrator.Restore(checkpoint.Calibrator);
        return calibrator;
    }

    private static PlacedFrames Place(StackSession session, IReadOnlyList<InspectedFrame> frames)
    {
        var (request, leftOut) = (session.Request, session.LeftOut);
        leftOut.RefuseFewerThanTwo(frames.Count);
        var registered = new FrameRegistrar(session).Register(frames, leftOut.Add);
        leftOut.RefuseFewerThanTwo(registered.Frames.Count);
        var placed = FramePlacer.Place(FrameSelector.Select(registered, request, leftOut.Add), request.Registration, leftOut.Add);
        leftOut.RefuseFewerThanTwo(placed.Frames.Count);
        return placed;
    }
}
