namespace AstroJobs.Imaging.Registration;

/// <summary>What the first pass of <see cref="UprightResampler"/> made of a frame: channel after channel, row by row.</summary>
/// <param name="samples">As many of each channel.</param>
/// <param name="stride">Samples from row to row.</param>
/// <param name="top">The frame row that is the first of them; may be negative.</param>
internal readonly ref struct StraightenedRows(ReadOnlySpan<float> samples, int channels, int stride, int top)
{
    private readonly ReadOnlySpan<float> _samples = samples;
    private readonly int _plane = samples.Length / channels;

    public int Channels => channels;

    public int Stride => stride;

    /// <summary>A block of columns of some rows of one channel.</summary>
    /// <param name="row">Frame row of the first.</param>
    public ReadOnlySpan<float> Block(int channel, int row, int rows, int column) =>
        _samples.Slice((channel * _plane) + ((row - top) * stride) + column, ((rows - 1) * stride) + UprightMap.Block);
}
