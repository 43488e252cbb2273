using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Stacking;

/// <summary>How many frames show each pixel of the result, written as a picture strip by strip.</summary>
internal sealed class CoverageWriter(string path, FrameInfo result) : IDisposable
{
    private readonly FrameWriter _writer = ImageFile.Create(
        path, result with { Channels = 1, Format = SampleFormat.Float32, Metadata = result.Metadata with { History = ["frames that show the pixel, counted"] } });

    public void Write(int firstRow, ReadOnlySpan<float> rows) => _writer.WriteRows(0, firstRow, rows);

    public void Commit() => _writer.Commit();

    public void Dispose() => _writer.Dispose();
}
