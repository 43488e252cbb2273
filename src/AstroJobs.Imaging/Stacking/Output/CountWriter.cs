using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Stacking.Output;

/// <summary>A picture beside the result, of what each of its pixels is made of, written strip by strip.</summary>
/// <param name="channels">1, or those of the result.</param>
/// <param name="what">What its samples count.</param>
internal sealed class CountWriter(string path, FrameInfo result, int channels, string what) : IDisposable
{
    private readonly FrameWriter _writer = ImageFile.Create(
        path, result with { Channels = channels, Format = SampleFormat.Float32, Metadata = result.Metadata with { History = [what] } });

    public void Write(int channel, int firstRow, ReadOnlySpan<float> rows) => _writer.WriteRows(channel, firstRow, rows);

    public void Commit() => _writer.Commit();

    public void Dispose() => _writer.Dispose();
}
