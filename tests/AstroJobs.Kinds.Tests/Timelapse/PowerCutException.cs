namespace AstroJobs.Kinds.Tests.Timelapse;

/// <summary>Ends a run as a power cut does: nobody catches it, and nothing after it happens.</summary>
internal sealed class PowerCutException : Exception;
