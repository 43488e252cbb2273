using System.Globalization;
using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>What else a FITS file holds besides the picture that is read: a frame among many would be taken for all of them.</summary>
internal static class FitsContents
{
    private const string Advice = "Split it into a file a frame, and give those.";

    /// <summary>One plane is grey, three are colour.</summary>
    /// <exception cref="ImageException">Neither.</exception>
    public static int Channels(string path, long[] axes)
    {
        var planes = axes.Skip(2).Aggregate(1L, static (product, axis) => product * axis);
        return planes is 1 or 3 ? (int)planes : throw new ImageException(string.Create(
            CultureInfo.InvariantCulture,
            $"Cannot read '{path}': it is a cube of {planes} planes of {axes[0]}×{axes[1]} pixels, and a picture has one plane, or three of colour. {Advice}"));
    }

    /// <summary>Looks at what follows the picture at <paramref name="hdu"/>, and goes back there.</summary>
    /// <returns>How many pictures with names of their own follow, such as the errors and the mask of a calibrated picture, or the other chips of a camera.</returns>
    /// <exception cref="ImageException">Nameless ones of the same kind follow: it is a series of frames (Siril's FITSEQ).</exception>
    public static int CountOthers(string path, FitsHandle file, int hdu, long[] axes)
    {
        var (others, alike) = (0, 0);
        for (var next = hdu + 1; TryMove(file, next, out var type); next++)
        {
            if (type != CFitsio.ImageHdu || Axes(file) is not { Length: >= 2 } found)
                continue;
            others++;
            if (found.AsSpan().SequenceEqual(axes) && !HasName(file))
                alike++;
        }
        if (alike > 0)
            throw new ImageException(string.Create(
                CultureInfo.InvariantCulture, $"Cannot read '{path}': it is a series of {alike + 1} frames of {axes[0]}×{axes[1]} pixels, and one of them alone would be taken. {Advice}"));
        if (!TryMove(file, hdu, out _))
            throw InputFile.Torn(path, "its picture was there before");
        return others;
    }

    /// <summary>Axes of the picture that the file stands at; null where it holds none.</summary>
    public static long[]? Axes(FitsHandle file)
    {
        var status = 0;
        if (CFitsio.GetAxisCount(file, out var count, ref status) != 0 || count < 2)
            return null;
        var axes = new long[count];
        return CFitsio.GetAxes(file, count, ref axes[0], ref status) == 0 && Array.TrueForAll(axes, static axis => axis > 0) ? axes : null;
    }

    private static bool TryMove(FitsHandle file, int hdu, out int type)
    {
        var status = 0;
        var isThere = CFitsio.MoveToHdu(file, hdu, out type, ref status) == 0;
        if (!isThere)
            CFitsio.ClearMessages();
        return isThere;
    }

    private static bool HasName(FitsHandle file)
    {
        var header = new FitsHeader();
        return header.Add(file) == 0 && header.Text("EXTNAME") is not null;
    }
}
