using AstroJobs.Jobs.Processes;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Cameras;

/// <summary>What a camera's driver works with.</summary>
/// <param name="ScratchFolder">For what it downloads before it has its name, on the file system of the frames. Made when it is needed.</param>
public sealed record CameraSurroundings(string ScratchFolder, ILogger Log, TimeProvider Time)
{
    /// <summary>How much longer than it must take an exposure may take before it counts as hung.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a driver's program may take to end after SIGINT, and again after SIGTERM: it is in the middle of the camera's protocol.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The first pause before a camera that is busy or away is asked again; each further one is twice as long.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    internal ToolRunner Tools => new(Log, Time);
}
