using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>
/// What astrometry-engine reads: an "augmented xylist", a FITS table of stars under a header that says what is to be done with them.
/// Source of the keywords: astrometry.net 0.93, include/astrometry/axyfile.h.
/// </summary>
internal static class AstrometryFiles
{
    public const string Stars = "field.axy";
    public const string Solved = "field.solved";
    public const string Solution = "field.wcs";

    private const int MostStars = 1000; // verification looks at no more

    /// <summary>The file names in it are relative: a header holds no long path, and none with a quote.</summary>
    public static void WriteStars(string folder, PlateField field, SolveAttempt attempt)
    {
        var stars = field.Stars.Take(MostStars).ToArray();
        var table = new FitsTable("SOURCES", stars.Length)
            .AddFloats("X", "pix", row => stars[row].X + 1)
            .AddFloats("Y", "pix", row => field.Height - stars[row].Y)
            .AddFloats("FLUX", "", row => stars[row].Flux);
        FitsBlocks.WriteTable(Path.Combine(folder, Stars), Keywords(field, attempt), table);
    }

    /// <summary>A configuration of our own where the caller names the folder of the index files.</summary>
    public static void WriteConfiguration(string path, string indexFolder)
    {
        if (indexFolder.AsSpan().ContainsAny('\n', '\r'))
            throw new JobException(ErrorCode.BadInput, "The folder of the index files has a line break in its name, which astrometry.net cannot read.");
        File.WriteAllText(path, $"inparallel\nadd_path {indexFolder}\nautoindex\n");
    }

    private static IEnumerable<FitsKeyword> Keywords(PlateField field, SolveAttempt attempt)
    {
        yield return new FitsKeyword("IMAGEW", field.Width);
        yield return new FitsKeyword("IMAGEH", field.Height);
        yield return new FitsKeyword("ANRUN", true);
        yield return new FitsKeyword("ANVERUNI", true, "spread the stars of the verification");
        yield return new FitsKeyword("ANVERDUP", false);
        yield return new FitsKeyword("ANTWEAK", true, "fit the lens's distortion");
        yield return new FitsKeyword("ANTWEAKO", 2);
        yield return new FitsKeyword("ANCRPIXC", true, "tangent point in the middle");
        yield return new FitsKeyword("ANSOLVED", Solved);
        yield return new FitsKeyword("ANWCS", Solution);
        yield return new FitsKeyword("ANCLIM", attempt.Patience.TotalSeconds, "[s] of the processor");
        if (attempt.Scale is { } scale)
        {
            yield return new FitsKeyword("ANAPPL1", scale.Low ?? (0.1 * 3600 / field.Width), "[arcsec] a pixel, at least");
            yield return new FitsKeyword("ANAPPU1", scale.High ?? (180.0 * 3600 / field.Width), "[arcsec] a pixel, at most");
        }
        if (attempt.Unmirrored)
            yield return new FitsKeyword("ANPARITY", "POS"); // rows from the bottom
        if (attempt.Near is { } near)
        {
            yield return new FitsKeyword("ANERA", near.Centre.RaDeg);
            yield return new FitsKeyword("ANEDEC", near.Centre.DecDeg);
            yield return new FitsKeyword("ANERAD", near.RadiusDeg);
        }
        for (var i = 0; i < attempt.Depths?.Count; i++)
        {
            yield return new FitsKeyword(FormattableString.Invariant($"ANDPL{i + 1}"), attempt.Depths[i].First);
            yield return new FitsKeyword(FormattableString.Invariant($"ANDPU{i + 1}"), attempt.Depths[i].Last);
        }
    }
}
