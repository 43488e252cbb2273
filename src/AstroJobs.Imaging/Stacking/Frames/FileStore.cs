using System.Collections.Concurrent;
using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Stacking.Frames;

/// <summary>A frame whose file gives rows directly. Readers are for one thread, so each thread that comes at the same time opens its own.</summary>
internal sealed class FileStore(string path, FrameInfo info, OpenFiles openFiles) : FrameStore
{
    private readonly ConcurrentBag<FrameReader> _open = [];
    private readonly string _identity = InputFile.Identity(path);

    public override void ReadRows(int channel, int firstRow, Span<float> rows)
    {
        if (!_open.TryTake(out var reader))
            reader = Open();
        else
            openFiles.Take();
        try
        {
            reader.ReadRows(channel, firstRow, rows);
        }
        catch (ImageException)
        {
            reader.Dispose();
            throw;
        }
        if (openFiles.TryKeep())
            _open.Add(reader);
        else
            reader.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        while (_open.TryTake(out var reader))
        {
            openFiles.Take();
            reader.Dispose();
        }
    }

    private FrameReader Open()
    {
        var reader = ImageFile.Open(path);
        if (reader.Info.Width == info.Width && reader.Info.Height == info.Height && reader.Info.Channels == info.Channels && InputFile.Identity(path) == _identity)
            return reader;
        reader.Dispose();
        throw new ImageException($"Cannot read '{path}': it was changed, or exchanged for another picture, while it was being stacked. Start again when nothing writes to it.");
    }
}
