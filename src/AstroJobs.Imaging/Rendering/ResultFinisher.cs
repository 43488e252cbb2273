using AstroJobs.Imaging.Rendering.Background;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Rendering;

/// <summary>What is done to the samples of a whole result, measured on it: its sky made even, then its colours balanced.</summary>
internal sealed class ResultFinisher
{
    private readonly SkySubtraction? _sky;
    private readonly List<string> _notes = [];

    /// <param name="cameraBalance">Factors of red, green and blue of the reference; null where it says none.</param>
    public ResultFinisher(FinishRequest request, FrameInfo info, RowSource read, IReadOnlyList<float>? cameraBalance)
    {
        if (request.Background != BackgroundModel.None)
        {
            _sky = SkySubtraction.Measure(request.Background, info, read);
            if (_sky is null)
                _notes.Add("too little sky is seen to even it out: it was left as it is");
        }
        if (request.WhiteBalance != WhiteBalance.None)
            (Method, Balance) = Choose(request.WhiteBalance, info, EvenSky(read), cameraBalance);
    }

    /// <summary>None where it could not be done as asked.</summary>
    public WhiteBalance Method { get; }

    public ColourBalance? Balance { get; }

    public BackgroundReport? Background => _sky?.Report;

    public IReadOnlyList<string> Notes => _notes;

    public void Apply(int channel, int firstRow, Span<float> rows)
    {
        _sky?.Apply(channel, firstRow, rows);
        Balance?.Apply(channel, rows);
    }

    private RowSource EvenSky(RowSource read) => (channel, firstRow, rows) =>
    {
        read(channel, firstRow, rows);
        _sky?.Apply(channel, firstRow, rows);
    };

    private (WhiteBalance Method, ColourBalance? Balance) Choose(WhiteBalance wanted, FrameInfo info, RowSource read, IReadOnlyList<float>? cameraBalance)
    {
        if (info.Channels != 3)
            return None("a mono picture has no colours to balance");
        if (wanted == WhiteBalance.Camera)
            return cameraBalance is null
                ? None("the frames do not say what white balance the camera chose: the colours were left as they are")
                : (wanted, ColourBalance.OfFactors([.. cameraBalance.Select(factor => (double)factor)]));
        if (wanted == WhiteBalance.Stars && StarColours.Factors(info, read) is { } factors)
            return (wanted, ColourBalance.OfFactors(factors).WithGreySky(SkyColour.Measure(info, read)));
        if (wanted == WhiteBalance.Stars)
            _notes.Add("too few stars tell a colour: only the sky was made grey");
        return (WhiteBalance.Background, ColourBalance.None.WithGreySky(SkyColour.Measure(info, read)));
    }

    private (WhiteBalance Method, ColourBalance? Balance) None(string note)
    {
        _notes.Add(note);
        return (WhiteBalance.None, null);
    }
}
