using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>An opened TIFF that is compressed, tiled, or of colours that libtiff turns into RGB: decoded as a whole, plane after plane.</summary>
internal sealed class TiffReader(string path, TiffHandle tiff, TiffLayout layout, FrameInfo info) : DecodedReader(info, components: 1)
{
    private const int TopLeft = 1; // ORIENTATION_TOPLEFT

    protected override NativeBytes Decode()
    {
        var planes = new NativeBytes(Info.PixelCount * Info.Channels * RawFormat.BytesPerSample());
        try
        {
            if (!layout.IsDirect)
                DecodeRgba(planes);
            else if (layout.IsTiled)
                DecodeTiles(planes);
            else
                DecodeStrips(planes);
        }
        catch
        {
            planes.Dispose();
            throw;
        }
        tiff.Dispose();
        return planes;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            tiff.Dispose();
        base.Dispose(disposing);
    }

    private void DecodeStrips(NativeBytes planes)
    {
        var rows = LibTiff.GetFieldDefaulted(tiff, LibTiff.TagRowsPerStrip, out uint stated) == 0 ? layout.Height : (int)Math.Min(stated, (uint)layout.Height);
        using var block = new NativeBytes(LibTiff.StripSize(tiff));
        var perPlane = (layout.Height + rows - 1) / rows;
        for (var strip = 0; strip < perPlane * PlaneCount; strip++)
        {
            var y = strip % perPlane * rows;
            var height = Math.Min(rows, layout.Height - y);
            var expected = (long)height * layout.Width * ComponentsTogether * layout.BytesPerSample;
            if (LibTiff.ReadEncodedStrip(tiff, (uint)strip, ref block.First, (nint)expected) != expected)
                throw InputFile.Torn(path, $"libtiff cannot unpack strip {strip + 1}");
            Place(block, strip / perPlane, 0, y, layout.Width, layout.Width, height, planes);
        }
    }

    private void DecodeTiles(NativeBytes planes)
    {
        _ = LibTiff.GetField(tiff, LibTiff.TagTileWidth, out uint tileWidth);
        _ = LibTiff.GetField(tiff, LibTiff.TagTileHeight, out uint tileHeight);
        var size = LibTiff.TileSize(tiff);
        using var block = new NativeBytes(size);
        var across = (layout.Width + (int)tileWidth - 1) / (int)tileWidth;
        var down = (layout.Height + (int)tileHeight - 1) / (int)tileHeight;
        for (var tile = 0; tile < across * down * PlaneCount; tile++)
        {
            if (LibTiff.ReadEncodedTile(tiff, (uint)tile, ref block.First, size) != size)
                throw InputFile.Torn(path, $"libtiff cannot unpack tile {tile + 1}");
            var (x, y) = (tile % across * (int)tileWidth, tile / across % down * (int)tileHeight);
            Place(block, tile / (across * down), x, y, (int)tileWidth, Math.Min((int)tileWidth, layout.Width - x), Math.Min((int)tileHeight, layout.Height - y), planes);
        }
    }

    /// <summary>Takes the samples of a decoded strip or tile, whose rows are <paramref name="pitch"/> pixels, to their places in the planes.</summary>
    private void Place(NativeBytes block, int plane, int x, int y, int pitch, int width, int height, NativeBytes planes)
    {
        var size = RawFormat.BytesPerSample();
        var blockRow = pitch * ComponentsTogether * layout.BytesPerSample;
        var stored = new byte[width * layout.BytesPerSample];
        for (var channel = layout.IsPlanar ? plane : 0; channel < (layout.IsPlanar ? plane + 1 : Info.Channels); channel++)
        {
            for (var row = 0; row < height; row++)
            {
                Interleaving.Extract(block.Slice((long)row * blockRow, blockRow), layout.IsPlanar ? 0 : channel, ComponentsTogether, layout.BytesPerSample, stored);
                var target = (channel * Info.PixelCount) + ((long)(y + row) * Info.Width) + x;
                TiffSamples.ToRaw(layout, stored, planes.Slice(target * size, width * size));
            }
        }
    }

    /// <summary>Palettes, YCbCr, CMYK and less than 8 bits, by libtiff's own conversion to 8-bit RGBA.</summary>
    private void DecodeRgba(NativeBytes planes)
    {
        const int components = 4;
        using var raster = new NativeBytes(Info.PixelCount * components);
        if (LibTiff.ReadRgba(tiff, (uint)layout.Width, (uint)layout.Height, ref raster.First, TopLeft, stopOnError: 1) == 0)
            throw InputFile.Torn(path, "libtiff cannot unpack it");
        for (var channel = 0; channel < Info.Channels; channel++)
        {
            for (var y = 0; y < Info.Height; y++)
                Interleaving.Extract(
                    raster.Slice((long)y * Info.Width * components, Info.Width * components), channel, components, 1, planes.Slice((channel * Info.PixelCount) + ((long)y * Info.Width), Info.Width));
        }
    }

    // Planes beyond colour (alpha) are not decoded.
    private int PlaneCount => layout.IsPlanar ? Info.Channels : 1;

    private int ComponentsTogether => layout.IsPlanar ? 1 : layout.Components;
}
