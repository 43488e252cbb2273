using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Rendering.Background;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Trails;
using AstroJobs.Imaging.Trimming;
using AstroJobs.Kinds.Galleries;
using AstroJobs.Kinds.Pictures;

namespace AstroJobs.Kinds.Stack;

/// <summary>Pictures to stack into one. Give <see cref="Images"/>, <see cref="ListFile"/>, <see cref="FromJob"/>, or several of them.</summary>
public sealed record StackParameters
{
    /// <summary>
    /// Files, folders (their pictures, not their subfolders') and patterns with <c>*</c> and <c>?</c>, relative to the caller's folder.
    /// Within a folder or pattern frame-2 comes before frame-10. Made absolute at submit.
    /// </summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>A text file with one such entry a line; empty lines and lines that begin with # are skipped. Made absolute at submit.</summary>
    public string? ListFile { get; init; }

    /// <summary>The id, or its beginning, of a job whose pictures are taken, a burst for example. The stack starts when that job is done.</summary>
    public string? FromJob { get; init; }

    /// <summary>A gallery into which the result is put, and whose images are taken where nothing else is given; null for none.</summary>
    public GalleryPlace? Gallery { get; init; }

    /// <summary>How the values of a pixel become one. Default mean.</summary>
    public StackMode Mode { get; init; } = StackMode.Mean;

    /// <summary>Which samples of a pixel are left out of the mean or sum. Default auto: winsorized for five frames or more, else none.</summary>
    public StackRejection Rejection { get; init; } = StackRejection.Auto;

    /// <summary>
    /// How far below is too far: sigmas (default 3); for percentile a part of the median (0.2); for gesd the largest part of outliers (0.3).
    /// The default is filled in at submit.
    /// </summary>
    public double? Low { get; init; }

    /// <summary>How far above is too far: sigmas (default 3); for percentile a part of the median (0.1); for gesd the significance (0.05).</summary>
    public double? High { get; init; }

    /// <summary>Whether rejection-low.fits and rejection-high.fits are written: how many frames were left out at each pixel.</summary>
    public bool RejectionMaps { get; init; }

    /// <summary>How frames are brought to the sky of the reference. Default auto: additive with scaling where samples are rejected, else none.</summary>
    public StackNormalization Normalize { get; init; } = StackNormalization.Auto;

    /// <summary>How much each frame counts in the mean or sum. Default none: all the same.</summary>
    public StackWeighting Weights { get; init; } = StackWeighting.None;

    /// <summary>How frames are laid on each other: by their stars (default), or not at all.</summary>
    public StackAlignment Align { get; init; } = StackAlignment.Stars;

    /// <summary>The frame on which the others are laid: auto (default), the number of an input from 1, or its file, made absolute at submit where the inputs are known.</summary>
    public string Reference { get; init; } = "auto";

    /// <summary>What a frame may differ by from the reference. Default auto: the simplest model that its stars do not speak against.</summary>
    public TransformModel Transform { get; init; } = TransformModel.Auto;

    /// <summary>Conditions of which any leaves a frame out, such as <c>fwhm&gt;1.5x, stars&lt;0.6x, round&lt;0.8</c>; x is times the median. Null for none.</summary>
    public string? RejectFrames { get; init; }

    /// <summary>How many of the other frames are taken, the best: a part (<c>80%</c>) or a number. Null for all.</summary>
    public string? Best { get; init; }

    /// <summary>Which part of the sky the picture shows. Default: what the reference shows.</summary>
    public StackFraming Framing { get; init; } = StackFraming.Reference;

    /// <summary>Whether coverage.fits is written: how many frames show each pixel. With framing max it always is.</summary>
    public bool CoverageMap { get; init; }

    /// <summary>Cut the picture to the largest rectangle of which enough frames show every pixel.</summary>
    public bool Autocrop { get; init; }

    /// <summary>How many frames are enough, percent, above 0 … 100. Default 80.</summary>
    public double CropCoverage { get; init; } = 80;

    /// <summary>A comet to hold still in place of the stars: <c>x0,y0@t0,x1,y1@t1</c>, its places on the reference at two times (UTC). Null for none.</summary>
    public string? Comet { get; init; }

    /// <summary>How pixels between pixels are reckoned. Default lanczos4.</summary>
    public ResamplingKernel Resample { get; init; } = ResamplingKernel.Lanczos4;

    /// <summary>Pixels of the picture a pixel of the reference, 1 … 3, onto which frames are drizzled, mosaics without making them colour; null for resampling.</summary>
    public double? Drizzle { get; init; }

    /// <summary>Side of the square that a pixel falls as, a side of the pixel, 0.1 … 1.</summary>
    public double PixelFraction { get; init; } = 1;

    /// <summary>A master bias, or frames, folders and patterns of which one is made; or one number for all pixels, as the files count, such as 512.</summary>
    public IReadOnlyList<string> Bias { get; init; } = [];

    /// <summary>A master dark, or what one is made of. With a bias it is scaled to the exposure of each light.</summary>
    public IReadOnlyList<string> Dark { get; init; } = [];

    /// <summary>A master flat, or what one is made of.</summary>
    public IReadOnlyList<string> Flat { get; init; } = [];

    /// <summary>A master of darks as long as the flats, or what one is made of; without it the bias is taken off the flats.</summary>
    public IReadOnlyList<string> DarkFlat { get; init; } = [];

    /// <summary>Scale the dark to what leaves each light the least noise; needs a bias.</summary>
    public bool DarkOptimize { get; init; }

    /// <summary>Which pixels are replaced by their neighbours. Default: those that stand out of the dark, where there is one.</summary>
    public CosmeticCorrection Cosmetic { get; init; } = CosmeticCorrection.Auto;

    /// <summary>What becomes of a sensor's overscan, where FITS headers tell it. Default: it is left out.</summary>
    public OverscanUse Overscan { get; init; } = OverscanUse.Trim;

    /// <summary>Which part of every frame is taken, calibration frames too: <c>X,Y,W,H</c>, the column and row of its first pixel, counted from 0 from the top left, and its size. Null: by the header.</summary>
    public string? Trim { get; init; }

    /// <summary>How mosaics become colour. Default bilinear.</summary>
    public DemosaicMethod Demosaic { get; init; } = DemosaicMethod.Malvar;

    /// <summary>What the colours of the result are balanced by. Default none.</summary>
    public WhiteBalance WhiteBalance { get; init; } = WhiteBalance.None;

    /// <summary>What is taken off the result so that its sky becomes even. Default none.</summary>
    public BackgroundModel Background { get; init; } = BackgroundModel.None;

    /// <summary>How the preview is made bright. Default auto.</summary>
    public PreviewStretch Stretch { get; init; } = PreviewStretch.Auto;

    /// <summary>Of a sample of a FITS or TIFF result: 32 (float) or 16 (whole numbers, 0 … 65535). Default 32; PNG has 16 bits and JPEG 8.</summary>
    public int? Bits { get; init; }

    /// <summary>About how much memory the pixels may take, at least 16 MiB; null is a quarter of what is available, at least 128 MiB.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The result's file name, no path; its ending says the format: .fits (32-bit float), .tif (32-bit float), .png (16-bit), .jpg. Default stack.fits.</summary>
    public string OutputName { get; init; } = "stack.fits";

    /// <summary>At most so much work is lost when the stack is stopped and resumed, 0 … an hour. Default 10 s.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Star trails (mode max): fill the pauses between exposures along the motion of the stars; the frames are not aligned.</summary>
    public bool GapFill { get; init; }

    /// <summary>Star trails (mode max): how their brightness changes from the first frame to the last. Default none.</summary>
    public TrailFade Fade { get; init; } = TrailFade.None;

    /// <summary>Landscape: the sky is laid on its stars, the ground stays as the camera stood.</summary>
    public bool Foreground { get; init; }

    /// <summary>Landscape: a picture of the frames' size, white where sky is; null: found from the frames. Made absolute at submit.</summary>
    public string? Mask { get; init; }

    /// <summary>Landscape: over how many pixels sky and ground are joined, 0 … 1000. Default 12.</summary>
    public int Feather { get; init; } = 12;

    /// <summary>Add frames as they come into the folders of <see cref="Images"/>, or from the job of <see cref="FromJob"/> while it takes them, and write the picture after each.</summary>
    public bool Live { get; init; }

    /// <summary>A live stack ends when no frame has come for so long; null: when the job that it follows ends, or when it is cancelled.</summary>
    public TimeSpan? LiveUntil { get; init; }

    /// <summary>What the masters came to: filled in at submit, not by the caller.</summary>
    public MasterFiles? Masters { get; init; }

    /// <summary>What <see cref="Images"/> and <see cref="ListFile"/> came to: filled in at submit, not by the caller.</summary>
    public IReadOnlyList<PictureFile> Frames { get; init; } = [];
}
