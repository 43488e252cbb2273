using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Kinds.Stack;
using AstroJobs.Kinds.Stack.Report;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Stack;

/// <summary>The page is written so that it is XML too: what is not escaped or not closed does not parse.</summary>
public sealed class StackReportTests : StackFixture
{
    private const string Malicious = "a\"><script>alert('1')</script>&.fits";

    [Test, CancelAfter(60_000)]
    public async Task The_report_shows_every_frame_and_needs_nothing_from_outside(CancellationToken cancellation)
    {
        MakeNight();
        File.WriteAllText(Path.Combine(Folder.File("night"), Malicious.Replace("/", "", StringComparison.Ordinal)), "not a picture");
        var context = new FolderJobContext(Folder.File("job"), cancellation: cancellation);
        var parameters = Prepare(new StackParameters { Images = ["night"], RejectionMaps = true, Rejection = StackRejection.Winsorized });
        await RunAsync(parameters, context);

        var page = File.ReadAllText(Path.Combine(context.OutputFolder, "report.html"));
        var document = XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        var rows = document.Descendants("tr").Select(row => row.Value).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(document.Descendants("script"), Is.Empty);
            Assert.That(document.Descendants().Attributes().Where(attribute => attribute.Name == "src" || attribute.Name == "href").Select(attribute => attribute.Value), Is.All.StartsWith("data:image/"));
            Assert.That(page, Does.Not.Contain("http").And.Not.Contain("@import").And.Not.Contain("url("));
            Assert.That(document.Descendants("img").Count(), Is.EqualTo(3), "the preview and two rejection maps");
            for (var i = 0; i < 5; i++)
                Assert.That(rows.Count(row => row.StartsWith($"f{i}.fits", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(rows, Has.One.StartsWith("a\">").And.Contains("not a JPEG"));
            Assert.That(Dots(document, "Width of stars (FWHM)"), Is.EqualTo(5));
            Assert.That(Dots(document, "Shift"), Is.EqualTo(10));
            Assert.That(Dots(document, "Samples left out"), Is.EqualTo(10));
        });
    }

    [Test, CancelAfter(60_000)]
    public async Task The_report_of_a_drizzle_says_what_the_result_says_and_shows_its_maps(CancellationToken cancellation)
    {
        MakeNight();
        var context = new FolderJobContext(Folder.File("job"), cancellation: cancellation);
        await RunAsync(Prepare(new StackParameters { Images = ["night"], RejectionMaps = true, Drizzle = 2, PixelFraction = 0.9, Weights = StackWeighting.Noise }), context);
        var page = File.ReadAllText(Path.Combine(context.OutputFolder, "report.html"));
        var document = XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        using var result = JsonDocument.Parse(File.ReadAllText(Path.Combine(context.OutputFolder, "result.json")));
        var table = document.Descendants("table").Single(table => table.Value.Contains("FWHM px", StringComparison.Ordinal));
        string[] heads = [.. table.Descendants("th").Select(head => head.Value)];
        Assert.Multiple(() =>
        {
            Assert.That(document.Descendants("img").Count(), Is.EqualTo(4), "the preview, the weights and two rejection maps");
            Assert.That(Fact(document, "Drizzled"), Is.EqualTo("2 × the pixels, drops of 0.9"));
            Assert.That(Fact(document, "Rejection"), Is.EqualTo("winsorized, 3 low, 3 high"));
            Assert.That(document.Root!.Value, Does.Not.Contain("NaN").And.Not.Contain("Infinity"));
            Assert.That(document.Descendants("polyline").Attributes("points").Select(points => points.Value), Has.None.Contains("NaN"));
            Assert.That(heads, Has.None.EqualTo("Sharpness"), "these have none");
            foreach (var (row, frame) in table.Descendants("tr").Skip(1).Zip(result.RootElement.GetProperty("frames").EnumerateArray()))
            {
                string[] cells = [.. row.Elements("td").Select(cell => cell.Value)];
                foreach (var (head, member) in new[] { ("Stars", "stars"), ("FWHM px", "fwhm"), ("Sky", "background"), ("Noise", "noise"), ("Light", "transparency"), ("dx px", "dx"), ("dy px", "dy"), ("Rot. °", "rotation_deg"), ("rms px", "rms_px"), ("Weight", "weight") })
                    Assert.That(double.Parse(cells[Array.IndexOf(heads, head)], CultureInfo.InvariantCulture), Is.EqualTo(frame.GetProperty(member).GetDouble()).Within(0.0051), head);
            }
        });
    }

    [TestCase(-0.001, "0.##", "0")]
    [TestCase(-0.0, "F1", "0.0")]
    [TestCase(-0.01, "0.##", "-0.01")]
    [TestCase(double.NaN, "0.##", "–")]
    [TestCase(null, "0.##", "–")]
    public void A_number_is_never_less_than_nothing_by_nothing(double? value, string format, string text) => Assert.That(Html.Number(value, format), Is.EqualTo(text));

    private void MakeNight()
    {
        Directory.CreateDirectory(Folder.File("night"));
        for (var i = 0; i < 5; i++)
        {
            using var frame = Sky.Draw(Sky.Camera(dx: i * 3, degrees: i * 0.1), i);
            if (i == 3)
                Sky.AddStar(frame, 0, 100, 100, 60); // in one frame only: is rejected
            ImageFile.Write(Folder.File("night", $"f{i}.fits"), frame);
        }
    }

    private static string Fact(XDocument page, string name) => page.Descendants("dl").Elements("div").Single(fact => fact.Element("dt")!.Value == name).Element("dd")!.Value;

    private static int Dots(XDocument page, string title) =>
        page.Descendants("svg").Single(svg => svg.Attribute("aria-label")!.Value == title + " over frames").Descendants("circle").Count();
}
