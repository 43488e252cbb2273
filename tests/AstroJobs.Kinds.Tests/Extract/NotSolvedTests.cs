using AstroJobs.Imaging;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Extract;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Extract;

public sealed class NotSolvedTests : FolderFixture
{
    private static readonly ExtractParameters Plain = new();

    private static readonly SolveReport Tried = new("solve-field", null, [new TriedStep("nothing known", 3, false)], 3, TimedOut: false);

    [TestCase(8, true)]
    [TestCase(30, false)]
    public void Too_few_stars_are_told(int stars, bool areFew)
    {
        var told = Explain(stars, Plain, Tried);
        Assert.That(told.Code, Is.EqualTo(ErrorCode.NotSolved));
        Assert.That(told.Message, Is.EqualTo($"Not solved: {stars} stars, tried: nothing known."));
        Assert.That(told.Hint, areFew ? Does.StartWith("Too few stars") : Does.Not.Contain("Too few stars"));
        Assert.That(told.Hint, Does.EndWith("--scale-low and --scale-high, in degrees."));
    }

    [Test]
    public void What_the_caller_said_is_doubted()
    {
        Assert.That(Explain(30, Plain with { ScaleLow = 1, IndexFolder = Folder.Path }, Tried).Hint, Is.EqualTo("Check the bounds of the scale, or leave them out."));
        Assert.That(Explain(30, Plain with { RaDeg = 1, DecDeg = 2 }, Tried).Hint, Does.StartWith("Check the place, widen --radius"));
        Assert.That(Explain(30, Plain, Tried with { TimedOut = true }).Hint, Does.StartWith("Give more time with --timeout"));
    }

    /// <summary>Who has no index files for the field needs no other advice.</summary>
    [Test]
    public void Missing_index_files_are_named_and_nothing_else()
    {
        File.WriteAllText(Folder.File("index-4110.fits"), "");
        var hint = Explain(30, Plain with { IndexFolder = Folder.Path }, Tried, new FrameMetadata { FocalLengthMm = 510, PixelSizeUm = 3.75 }).Hint;
        Assert.That(hint, Does.StartWith("The index files here").And.Not.Contain("--scale-low"));
    }

    private static JobException Explain(int stars, ExtractParameters parameters, SolveReport report, FrameMetadata? said = null)
    {
        var sky = new MadeSky(1, 480, 400, 0) { Stars = [.. Enumerable.Range(0, stars).Select(i => new MadeStar(40 + (i % 6 * 70), 40 + (i / 6 * 70), 10))] };
        using var frame = sky.Draw(PixelMap.Identity);
        var field = StarFinder.Find(frame);
        Assert.That(field.Stars, Has.Count.EqualTo(stars));
        return NotSolved.Explain(parameters, new FrameInfo(1304, 976, 1, SampleFormat.UInt16, said ?? FrameMetadata.None), field, report);
    }
}
