using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Cameras;

/// <summary>A camera that is held by this job alone. Calls follow one another; disposing lets it go.</summary>
/// <exception cref="JobException">Every failure of a camera, from every member: a code, and a message that says what to do.</exception>
public interface ICamera : IAsyncDisposable
{
    /// <summary>What it is and what can be set on it.</summary>
    Task<CameraDescription> DescribeAsync(CancellationToken cancellation);

    /// <summary>
    /// Sets several things at once, before the first exposure; <c>bad_input</c> for a key or value that the camera does not offer, and then nothing is set.
    /// The keys of <see cref="CameraKeys"/> mean the same on every camera, any other is the camera's own.
    /// </summary>
    Task ConfigureAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellation);

    /// <summary>
    /// Takes one picture and returns the files it became (two for RAW+JPEG). They stand in the asked folder under their final names,
    /// complete and synced; a failed or cancelled exposure leaves none. A cancel ends a running exposure as soon as the camera's protocol lets it,
    /// at most ten seconds later.
    /// </summary>
    Task<IReadOnlyList<CapturedFile>> ExposeAsync(ExposureRequest request, CancellationToken cancellation);
}
