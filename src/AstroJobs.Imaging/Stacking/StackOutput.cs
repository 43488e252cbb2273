using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Rendering;

namespace AstroJobs.Imaging.Stacking;

/// <summary>Where the strips of the result go: the file, and on the way a small picture to look at.</summary>
internal sealed class StackOutput : IDisposable
{
    private const int PreviewSide = 1920;

    private readonly StackRequest _request;
    private readonly FrameInfo _info;
    private readonly FrameWriter _writer;
    private readonly PreviewBuilder? _preview;
    private readonly RejectionMapWriter? _maps;

    /// <param name="maps">Where rejection maps go, if any are made.</param>
    public StackOutput(StackRequest request, FrameInfo info, RejectionMapPaths? maps)
    {
        (_request, _info) = (request, info);
        _writer = ImageFile.Create(request.OutputPath, info);
        _maps = maps is null ? null : new RejectionMapWriter(maps, info);
        _preview = request.PreviewPath is null ? null : new PreviewBuilder(info.Width, info.Height, info.Channels, PreviewSide);
    }

    /// <summary>Formats of whole numbers end at 1, where a sum would be cut.</summary>
    public static bool HoldsSums(string path) => Path.GetExtension(path).ToLowerInvariant() is not (".png" or ".jpg" or ".jpeg");

    public void Write(int channel, int firstRow, ReadOnlySpan<float> rows)
    {
        _writer.WriteRows(channel, firstRow, rows);
        _preview?.Add(channel, firstRow, rows);
    }

    public void WriteRejected(int channel, int firstRow, ReadOnlySpan<float> low, ReadOnlySpan<float> high) => _maps?.Write(channel, firstRow, low, high);

    /// <param name="scale">Divides the preview's samples: the frames in a sum.</param>
    /// <param name="linked">As in <see cref="AutoStretch.Apply"/>.</param>
    public void Complete(float scale, bool linked)
    {
        _writer.Commit();
        _maps?.Commit();
        if (_preview?.Finish() is not { } small)
            return;
        for (var channel = 0; channel < small.Channels && scale != 1; channel++)
        {
            foreach (ref var sample in small.Plane(channel))
                sample /= scale;
        }
        AutoStretch.Apply(small, linked);
        var info = new FrameInfo(small.Width, small.Height, small.Channels, SampleFormat.UInt8, _info.Metadata);
        using var writer = ImageFile.Create(_request.PreviewPath!, info);
        for (var channel = 0; channel < small.Channels; channel++)
            writer.WriteRows(channel, 0, small.Plane(channel));
        writer.Commit();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _preview?.Dispose();
        _maps?.Dispose();
    }
}
