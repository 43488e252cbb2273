using AstroJobs.Jobs;
using AstroJobs.Kinds.Burst;
using AstroJobs.Kinds.Capture;
using AstroJobs.Kinds.Extract;
using AstroJobs.Kinds.Run;
using AstroJobs.Kinds.Stack;
using AstroJobs.Kinds.Timelapse;
using AstroJobs.Kinds.Video;

namespace AstroJobs.Kinds;

/// <summary>All kinds of job there are.</summary>
public static class JobKinds
{
    /// <summary>Made anew at each call: who submits one kind does not pay for the others.</summary>
    public static IReadOnlyList<JobKind> CreateAll() => [new RunKind(), new CaptureKind(), new BurstKind(), new TimelapseKind(), new StackKind(), new ExtractKind(), new VideoKind()];
}
