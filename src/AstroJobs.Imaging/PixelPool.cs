using System.Collections.Concurrent;

namespace AstroJobs.Imaging;

/// <summary>Buffers that are used again and again: the kernel hands out fresh pages slowly. Not zeroed when used again.</summary>
internal sealed class PixelPool : IDisposable
{
    private readonly ConcurrentBag<PixelBuffer> _free = [];

    public PixelBuffer Rent(long samples)
    {
        if (_free.TryTake(out var buffer))
        {
            if (buffer.Samples >= samples)
                return buffer;
            buffer.Dispose();
        }
        return new PixelBuffer(samples);
    }

    public void Return(PixelBuffer buffer) => _free.Add(buffer);

    public void Dispose()
    {
        while (_free.TryTake(out var buffer))
            buffer.Dispose();
    }
}
