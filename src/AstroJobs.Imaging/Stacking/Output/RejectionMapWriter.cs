using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Stacking.Output;

/// <summary>The two rejection maps as they come, strip by strip.</summary>
internal sealed class RejectionMapWriter : IDisposable
{
    private readonly FrameWriter _low;
    private readonly FrameWriter _high;

    /// <param name="info">Of the result.</param>
    public RejectionMapWriter(RejectionMapPaths paths, FrameInfo info)
    {
        _low = ImageFile.Create(paths.Low, Describe(info, "frames rejected because they were too dark, counted"));
        try
        {
            _high = ImageFile.Create(paths.High, Describe(info, "frames rejected because they were too bright, counted"));
        }
        catch (ImageException)
        {
            _low.Dispose();
            throw;
        }
    }

    public void Write(int channel, int firstRow, ReadOnlySpan<float> low, ReadOnlySpan<float> high)
    {
        _low.WriteRows(channel, firstRow, low);
        _high.WriteRows(channel, firstRow, high);
    }

    public void Commit()
    {
        _low.Commit();
        _high.Commit();
    }

    public void Dispose()
    {
        _low.Dispose();
        _high.Dispose();
    }

    private static FrameInfo Describe(FrameInfo info, string what) =>
        info with { Format = SampleFormat.Float32, Metadata = info.Metadata with { History = [what] } };
}
