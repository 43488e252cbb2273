using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Local;
using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Frames;

/// <summary>A readable input: what it is, what is seen on it, and its rows for later.</summary>
/// <param name="Levels">Level and scatter of the sky in each channel of the result.</param>
internal sealed record InspectedFrame(int Index, string Path, FrameInfo Info, StarField Field, IReadOnlyList<RobustLevel> Levels, FrameStore Store)
{
    private const double LeftByDemosaicing = 0.8;

    /// <summary>In the channels of the result; null where nobody asks for it.</summary>
    public SkyMesh? Background { get; init; }

    /// <summary>Factors of red, green and blue that the camera chose, green 1; null where the file says none.</summary>
    public IReadOnlyList<float>? CameraBalance { get; init; }

    public bool IsMosaic => Info.Channels == 1 && Info.Metadata.Bayer is not null;

    /// <summary>Channels once a mosaic has become colour.</summary>
    public int Channels => IsMosaic ? 3 : Info.Channels;

    /// <summary>Noise of one sample as the file has it.</summary>
    public double SampleNoise => Field.Noise * (IsMosaic ? 2 : Math.Sqrt(Info.Channels));

    /// <summary>
    /// Noise of one sample of one channel: the grey plane of three colours has 1/√3 of it; of a mosaic's 2×2 window ½, of which interpolating the colours takes a part again.
    /// White noise on 600×400 pixels was left as 0.76 of itself by the bilinear way, 0.90 by RCD and 0.96 by Malvar's (root mean square of the three colours);
    /// 0.8 of it is taken: limits that are reckoned from this rather look at a sample too many.
    /// </summary>
    public double ChannelNoise => IsMosaic ? LeftByDemosaicing * SampleNoise : Field.Noise * Math.Sqrt(Info.Channels);
}
