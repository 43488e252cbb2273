using System.Numerics;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Integrating;

namespace AstroJobs.Imaging.Calibration;

/// <summary>A few rows of one channel of all frames made those of the master.</summary>
internal sealed class MasterStrip(int width, int rows, Integration integration) : IDisposable
{
    private readonly PixelBuffer _rows = new((long)rows * width);
    private readonly PixelBuffer _offset = new((long)rows * width);
    private readonly PixelCombiner _combiner = PixelCombiner.Create(integration, rows * width);

    public Span<float> Result => _rows.Slice(0, rows * width);

    /// <summary>Each frame is (sample · scale − black − offset) · gain.</summary>
    public void Combine(List<MasterInput> inputs, Master? offset, float offsetLevel, int channel, int firstRow)
    {
        var off = _offset.Slice(0, rows * width);
        if (offset is null)
            off.Fill(offsetLevel);
        else
            offset.Store.ReadRows(channel, firstRow, off);
        _combiner.Clear();
        for (var i = 0; i < inputs.Count; i++)
        {
            inputs[i].Store.ReadRows(channel, firstRow, Result);
            Prepare(Result, off, inputs[i]);
            _combiner.Add(i, 0, Result);
        }
        _combiner.Finish(0, Result);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _offset.Dispose();
        _combiner.Dispose();
    }

    private static void Prepare(Span<float> samples, ReadOnlySpan<float> offset, MasterInput input)
    {
        var (scale, black, gain) = (input.Scale, input.Black, input.Gain);
        var level = new Vector<float>(black);
        var x = 0;
        for (; x <= samples.Length - Vector<float>.Count; x += Vector<float>.Count)
            (((new Vector<float>(samples[x..]) * scale) - level - new Vector<float>(offset[x..])) * gain).CopyTo(samples[x..]);
        for (; x < samples.Length; x++)
            samples[x] = ((samples[x] * scale) - black - offset[x]) * gain;
    }
}
