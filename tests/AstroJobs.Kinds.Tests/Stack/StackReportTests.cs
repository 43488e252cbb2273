using System.Xml.Linq;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Kinds.Stack;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Stack;

/// <summary>The page is written so that it is XML too: what is not escaped or not closed does not parse.</summary>
public sealed class StackReportTests : StackFixture
{
    private const string Malicious = "a\"><script>alert('1')</script>&.fits";

    [Test, CancelAfter(60_000)]
    public async Task The_report_shows_every_frame_and_needs_nothing_from_outside(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder.File("night"));
        for (var i = 0; i < 5; i++)
        {
            using var frame = Sky.Draw(Sky.Camera(dx: i * 3, degrees: i * 0.1), i);
            if (i == 3)
                Sky.AddStar(frame, 0, 100, 100, 60); // in one frame only: is rejected
            ImageFile.Write(Folder.File("night", $"f{i}.fits"), frame);
        }
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

    private static int Dots(XDocument page, string title) =>
        page.Descendants("svg").Single(svg => svg.Attribute("aria-label")!.Value == title + " over frames").Descendants("circle").Count();
}
