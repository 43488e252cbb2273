using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Drizzling;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>How the result is cut so that all that is needed at a time fits the memory: strips of whole rows, of tiles side by side.</summary>
/// <param name="Demosaic">Null where no frame is a mosaic.</param>
internal sealed record StripPlan(int Width, int Height, int Channels, int Rows, int TileWidth, int Threads, bool HasMaps, DemosaicMethod? Demosaic, ResamplingKernel Kernel, bool HasCoverage, DrizzleRequest? Drizzle)
{
    private const int MostRows = 64; // a strip of one frame in floats stays near the second-level cache
    private const int EnoughRows = 32; // rows that are read twice cost little
    private const long LargeTile = 6L << 20; // of all frames' samples: what is larger leaves the cache before it is looked at
    private const int FewRows = 16; // below this the rows read twice for the kernel's reach cost more than narrower tiles
    private const int NarrowestTile = 64; // tiles begin at multiples of it, and of a block
    private const int BentStrips = 4;

    /// <summary>Samples of the largest strip, all channels.</summary>
    public long StripSamples => (long)Rows * Width * Channels;

    public int Strips => (Height + Rows - 1) / Rows;

    public static StripPlan Make(
        StackRequest request, Integration integration, IReadOnlyList<RegisteredFrame> frames, StackCanvas canvas, long memoryBytes)
    {
        var (threads, channels) = (request.Threads, frames[0].Frame.Channels);
        var mostRows = (int)Math.Clamp(LargeTile / (canvas.Width * channels * integration.BytesPerSample), EnoughRows, MostRows);
        // So many strips that no worker waits long for the last one.
        var plan = new StripPlan(
            canvas.Width, canvas.Height, channels, Math.Clamp(canvas.Height / (4 * threads), 1, mostRows), canvas.Width, threads, integration.Rejects && request.RejectionMaps is not null,
            frames.Any(frame => frame.Frame.IsMosaic) ? request.Demosaic : null, request.Registration.Kernel, request.CoveragePath is not null, request.Registration.Drizzle);
        while (plan.BytesPerWorker(integration, frames) * plan.Threads > memoryBytes)
        {
            if (plan.Rows > FewRows)
                plan = plan with { Rows = Math.Max(FewRows, plan.Rows * 3 / 4) };
            else if (plan.TileWidth > NarrowestTile)
                plan = plan with { TileWidth = Math.Max(NarrowestTile, (plan.TileWidth / 2 / NarrowestTile) * NarrowestTile) };
            else if (plan.Rows > 1)
                plan = plan with { Rows = plan.Rows / 2 };
            else if (plan.Threads > 1)
                plan = plan with { Threads = 1 };
            else
                break; // it cannot be smaller
        }
        return plan;
    }

    public int RowsOf(int strip) => Math.Min(Rows, Height - (strip * Rows));

    public IEnumerable<StackTile> TilesOf(int strip)
    {
        for (var left = 0; left < Width; left += TileWidth)
            yield return new StackTile(left, strip * Rows, Math.Min(TileWidth, Width - left), RowsOf(strip));
    }

    /// <summary>So many columns, and those that fill up the last block.</summary>
    public static int WholeBlocks(int columns) => (columns + UprightMap.Block - 1) / UprightMap.Block * UprightMap.Block;

    /// <summary>The most that one frame's window holds over all tiles, samples of one channel.</summary>
    public long LargestWindow(IEnumerable<RegisteredFrame> frames) =>
        frames.Where(frame => !frame.IsInPlaceOn(Width, Height)).Select(LargestWindow).DefaultIfEmpty(0).Max();

    /// <summary>How a frame is drawn in two passes; null where it is not.</summary>
    public UprightMap? UprightOf(RegisteredFrame frame) =>
        Kernel == ResamplingKernel.Lanczos4 ? UprightMap.Of(frame.ToCanvas, frame.Frame.Info.Width, frame.Frame.Info.Height) : null;

    private long LargestWindow(RegisteredFrame frame)
    {
        var map = frame.ToCanvas;
        var info = frame.Frame.Info;
        if (UprightOf(frame) is not null)
            return TallestWindow(map, info) * WholeBlocks(TileWidth);
        // A bend is dear to reckon and changes slowly: a few strips tell its windows nearly, and a window that is larger is made room for.
        var step = map.Bend is null ? 1 : Math.Max(1, Strips / BentStrips);
        return Enumerable.Range(0, Strips).Where(strip => strip % step == 0).SelectMany(TilesOf)
            .Max(tile => WindowBounds.Of(map, tile.Left, tile.Top, tile.Width, tile.Height, info.Width, info.Height)?.Samples ?? 0);
    }

    private long TallestWindow(FrameMap map, FrameInfo info) => Enumerable.Range(0, Strips).SelectMany(TilesOf)
        .Max(tile => WindowBounds.Of(map, tile.Left, tile.Top, tile.Width, tile.Height, info.Width, info.Height)?.Height ?? 0);

    private long BytesPerWorker(Integration integration, IReadOnlyList<RegisteredFrame> frames)
    {
        var strip = (StripSamples * sizeof(float) * (HasMaps ? 3 : 1)) + (HasCoverage ? (long)Rows * Width * sizeof(float) : 0);
        var tile = (long)Rows * TileWidth * Channels * integration.BytesPerSample;
        if (Drizzle is not null)
            return strip + (StripSamples * sizeof(float)) + DrizzleMaker.BytesFor(this, frames.Max(frame => frame.Frame.Info.Width));
        return strip + tile + (LargestWindow(frames) * Channels * sizeof(float)) + FrameRows.BytesFor(frames.Max(frame => frame.Frame.Info.Width), Demosaic);
    }
}
