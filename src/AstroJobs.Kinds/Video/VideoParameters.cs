using AstroJobs.Imaging.Rendering;
using AstroJobs.Kinds.Galleries;
using AstroJobs.Kinds.Pictures;

namespace AstroJobs.Kinds.Video;

/// <summary>Pictures to show one after the other. Give <see cref="Images"/>, <see cref="ListFile"/>, <see cref="FromJob"/>, or several of them.</summary>
public sealed record VideoParameters
{
    /// <summary>Files, folders and patterns, as a stack takes them.</summary>
    public IReadOnlyList<string> Images { get; init => field = value ?? []; } = [];

    /// <summary>A text file with one such entry a line.</summary>
    public string? ListFile { get; init; }

    /// <summary>The id, or its beginning, of a job whose pictures are shown. The video starts when that job is done.</summary>
    public string? FromJob { get; init; }

    /// <summary>A gallery into which the result is put, and whose images are taken where nothing else is given; null for none.</summary>
    public GalleryPlace? Gallery { get; init; }

    /// <summary>Pictures a second, above 0 to 240. Default 30.</summary>
    public double Fps { get; init; } = 30;

    /// <summary>Canvas in pixels, even, 16 to 7680; pictures are fitted into it on black. Default 1920 × 1080.</summary>
    public int Width { get; init; } = 1920;

    /// <summary>See <see cref="Width"/>.</summary>
    public int Height { get; init; } = 1080;

    /// <summary>x264's constant rate factor: 0 (lossless) to 51; 18 looks like the source. Default 20.</summary>
    public int Crf { get; init; } = 20;

    /// <summary>Whether pictures are brightened for the eye. Default auto: all that have more than eight bits.</summary>
    public PictureStretch Stretch { get; init; } = PictureStretch.Auto;

    /// <summary>Even out the brightness from picture to picture, each by the median of itself and its four neighbours on either side.</summary>
    public bool Deflicker { get; init; }

    /// <summary>Write into each picture when it was taken (UTC), where its file says so.</summary>
    public bool DateStamp { get; init; }

    /// <summary>The video's file name, no path, ending in .mp4. Default timelapse.mp4.</summary>
    public string OutputName { get; init; } = "timelapse.mp4";

    /// <summary>What <see cref="Images"/> and <see cref="ListFile"/> came to: filled in at submit, not by the caller.</summary>
    public IReadOnlyList<PictureFile> Frames { get; init => field = value ?? []; } = [];
}
