using AstroJobs.Jobs;
using AstroJobs.Kinds.Extract;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Extract;

public sealed class ExtractRunTests : FolderFixture
{
    [TestCase(0, null)]
    [TestCase(1, "1 more (FITS extensions) was not looked at.")]
    [TestCase(2, "2 more (FITS extensions) were not looked at.")]
    [CancelAfter(60_000)]
    public void Further_pictures_in_the_file_are_told_of_though_only_the_first_is_looked_at(int further, string? told, CancellationToken cancellation)
    {
        var context = new FolderJobContext(Folder.File("job"), cancellation: cancellation);
        var chip = FitsBuilder.BuildExtension(8, [40, 30], new double[1200], "EXTNAME = 'CHIP    '");
        File.WriteAllBytes(Path.Combine(context.InputFolder, "mosaic.fits"), [.. FitsBuilder.Build(8, [40, 30], new double[1200]), .. Enumerable.Repeat(chip, further).SelectMany(static bytes => bytes)]);
        var parameters = new ExtractParameters { Image = "/night/mosaic.fits", InputName = "mosaic.fits", Timeout = TimeSpan.Zero };
        Assert.That(() => new ExtractRun(parameters, context).RunAsync(), Throws.TypeOf<JobException>(), "nothing is solved in no time");
        var notes = context.ReadResult().GetProperty("notes").EnumerateArray().Select(static note => note.GetString()).ToList();
        Assert.That(notes, told is null ? Is.Empty : Has.Exactly(1).Contains(told));
    }
}
