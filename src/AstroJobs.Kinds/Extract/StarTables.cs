using System.Globalization;
using System.Text;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stars;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Extract;

/// <summary>The stars of a picture as tables: one line each, brightest first.</summary>
internal static class StarTables
{
    private const string CsvName = "stars.csv";
    private const string FitsName = "stars.fits";
    private const string Header = "x,y,flux,peak,fwhm_px,eccentricity,saturated,ra_deg,dec_deg,catalogue_ra_deg,catalogue_dec_deg,catalogue_mag,sep_arcsec";

    /// <returns>The name of the file.</returns>
    public static string WriteCsv(string folder, StarField field, Wcs? wcs, CatalogueMatch? match)
    {
        var text = new StringBuilder(Header).Append('\n');
        for (var i = 0; i < field.Stars.Count; i++)
        {
            var star = field.Stars[i];
            text.Append(CultureInfo.InvariantCulture, $"{star.X:0.000},{star.Y:0.000},{star.Flux:G6},{star.Peak:G6},{star.Fwhm:0.00},{star.Eccentricity:0.000},{(star.Saturated ? 1 : 0)},");
            var place = wcs?.ToSky(star.X, star.Y);
            text.Append(CultureInfo.InvariantCulture, $"{place?.RaDeg:0.000000},{place?.DecDeg:0.000000},");
            var known = match?.Stars[i];
            text.Append(CultureInfo.InvariantCulture, $"{known?.Position.RaDeg:0.00000},{known?.Position.DecDeg:0.00000},{known?.VMagnitude:0.00},{3600 * known?.Position.SeparationDeg(place!.Value):0.00}\n");
        }
        File.WriteAllText(Path.Combine(folder, CsvName), text.ToString());
        return CsvName;
    }

    /// <returns>The name of the file.</returns>
    public static string WriteFits(string folder, StarField field, Wcs wcs, CatalogueMatch match)
    {
        var stars = field.Stars;
        var places = stars.Select(star => wcs.ToSky(star.X, star.Y)).ToArray();
        var table = new FitsTable("STARS", stars.Count)
            .AddDoubles("X", "pixel", i => stars[i].X)
            .AddDoubles("Y", "pixel", i => stars[i].Y)
            .AddFloats("FLUX", "", i => stars[i].Flux)
            .AddFloats("PEAK", "", i => stars[i].Peak)
            .AddFloats("FWHM", "pixel", i => stars[i].Fwhm)
            .AddFloats("ECCENTRICITY", "", i => stars[i].Eccentricity)
            .AddTruths("SATURATED", i => stars[i].Saturated)
            .AddDoubles("RA", "deg", i => places[i].RaDeg)
            .AddDoubles("DEC", "deg", i => places[i].DecDeg)
            .AddDoubles("CATALOGUE_RA", "deg", i => match.Stars[i]?.Position.RaDeg ?? double.NaN)
            .AddDoubles("CATALOGUE_DEC", "deg", i => match.Stars[i]?.Position.DecDeg ?? double.NaN)
            .AddFloats("CATALOGUE_MAG", "mag", i => match.Stars[i]?.VMagnitude ?? double.NaN);
        FitsBlocks.WriteTable(Path.Combine(folder, FitsName), [], table);
        return FitsName;
    }
}
