using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Cameras;

/// <summary>A camera that is attached.</summary>
/// <param name="Name">What <c>--camera</c> takes.</param>
/// <param name="Model">As it was found, before it was asked.</param>
/// <param name="Description">Null for one that was not asked, or did not answer.</param>
/// <param name="BusyWith">The job that uses it.</param>
/// <param name="Problem">Why it did not answer.</param>
public sealed record FoundCamera(string Name, string? Model, CameraDescription? Description, JobId? BusyWith, JobError? Problem);
