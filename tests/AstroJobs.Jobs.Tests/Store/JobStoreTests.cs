using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Store;

public sealed class JobStoreTests : StoreFixture
{
    private const string One = "0193b0a1c2d37e4f8a9b0c1d2e3f4a51";
    private const string Two = "0193b0a1c2d37e4f8a9b0c1d2e3f4a52";
    private const string Other = "02000000000070008000000000000000";

    [SetUp]
    public void SetUp()
    {
        foreach (var id in (string[])[One, Two, Other])
            MadeJobs.Add(Store, JobState.Done, MadeJobs.Spec(JobId.Parse(id)));
    }

    [TestCase(One, One)]
    [TestCase("0193B0A1-C2D3-7E4F-8A9B-0C1D2E3F4A51", One)]
    [TestCase("0193b0a1c2d37e4f8a9b0c1d2e3f4a52", Two)]
    [TestCase("02", Other)]
    [TestCase("020", Other)]
    public void A_job_is_found_by_its_id_or_an_unambiguous_beginning(string text, string id) =>
        Assert.That(Store.Find(text).Path, Is.EqualTo(Folder.File(id)));

    [TestCase("0")]
    [TestCase("0193b0a1c2d37e4f8a9b0c1d2e3f4a5")]
    public void A_beginning_that_two_jobs_share_is_ambiguous(string text) =>
        Assert.That(() => Store.Find(text), Throws.TypeOf<JobException>().With.Property("Code").EqualTo("ambiguous_id"));

    [TestCase("")]
    [TestCase("f")]
    [TestCase("../" + One)]
    [TestCase(One + "/../" + One)]
    [TestCase(".astrojobs")]
    [TestCase("0193b0a1c2d37e4f8a9b0c1d2e3f4a53")]
    public void Anything_else_is_no_job(string text) =>
        Assert.That(() => Store.Find(text), Throws.TypeOf<JobException>().With.Property("Code").EqualTo("job_not_found"));

    [Test]
    public void Foreign_folders_and_files_are_passed_over()
    {
        Directory.CreateDirectory(Folder.File("lost+found"));
        Directory.CreateDirectory(Folder.File(".astrojobs"));
        File.WriteAllText(Folder.File("03000000000070008000000000000000"), "a file, not a folder");
        Assert.That(Store.IdsNewestFirst().Select(static id => id.ToString()), Is.EqualTo([Other, Two, One]));
    }

    [Test]
    public void A_store_that_is_not_there_has_no_jobs_and_is_not_made()
    {
        var absent = new JobStore(Folder.File("absent"));
        Assert.That(absent.IdsNewestFirst(), Is.Empty);
        Assert.That(() => absent.Find("0"), Throws.TypeOf<JobException>());
        Assert.That(Directory.Exists(absent.Root), Is.False);
    }

    [Test]
    public void A_store_that_is_a_file_is_an_error_and_not_an_empty_store()
    {
        File.WriteAllText(Folder.File("file"), "");
        Assert.That(() => new JobStore(Folder.File("file")).IdsNewestFirst(), Throws.TypeOf<JobException>().With.Property("Code").EqualTo("io_error"));
    }
}
