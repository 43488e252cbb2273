using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Rendering;

/// <summary>What is done to the samples of a whole result, measured on it.</summary>
internal sealed class ResultFinisher
{
    private readonly ColourBalance? _balance;

    private ResultFinisher(WhiteBalance method, ColourBalance? balance, IReadOnlyList<string> notes) =>
        (Method, _balance, Notes) = (method, balance, notes);

    /// <summary>None where it could not be done as asked.</summary>
    public WhiteBalance Method { get; }

    public ColourBalance? Balance => _balance;

    public IReadOnlyList<string> Notes { get; }

    /// <param name="cameraBalance">Factors of red, green and blue of the reference; null where it says none.</param>
    public static ResultFinisher Measure(FinishRequest request, FrameInfo info, RowSource read, IReadOnlyList<float>? cameraBalance)
    {
        if (request.WhiteBalance == WhiteBalance.None)
            return new ResultFinisher(WhiteBalance.None, null, []);
        if (info.Channels != 3)
            return new ResultFinisher(WhiteBalance.None, null, ["a mono picture has no colours to balance"]);
        return request.WhiteBalance switch
        {
            WhiteBalance.Camera when cameraBalance is null => new ResultFinisher(
                WhiteBalance.None, null, ["the frames do not say what white balance the camera chose: the colours were left as they are"]),
            WhiteBalance.Camera => new ResultFinisher(WhiteBalance.Camera, ColourBalance.OfFactors([.. cameraBalance!.Select(factor => (double)factor)]), []),
            WhiteBalance.Stars when StarColours.Factors(info, read) is { } factors =>
                new ResultFinisher(WhiteBalance.Stars, ColourBalance.OfFactors(factors).WithGreySky(SkyColour.Measure(info, read)), []),
            var wanted => new ResultFinisher(
                WhiteBalance.Background,
                ColourBalance.None.WithGreySky(SkyColour.Measure(info, read)),
                wanted == WhiteBalance.Stars ? ["too few stars tell a colour: only the sky was made grey"] : []),
        };
    }

    public void Apply(int channel, Span<float> rows) => _balance?.Apply(channel, rows);
}
