using System.Text.Json;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Store;

public sealed class CheckpointFolderTests : FolderFixture
{
    private CheckpointFolder _checkpoints = null!;

    [SetUp]
    public void SetUp() => _checkpoints = new CheckpointFolder(Folder.Path);

    private string FileOf(int number) => Path.Combine(Folder.Path, "checkpoints", $"{number:D6}.json");

    [Test]
    public void Where_none_was_saved_there_is_none_and_nothing_is_made()
    {
        Assert.That(_checkpoints.List(), Is.Empty);
        Assert.That(Load(), Is.Null);
        Assert.That(_checkpoints.Delete(null), Is.Zero);
        Assert.That(Directory.EnumerateFileSystemEntries(Folder.Path), Is.Empty);
    }

    [Test]
    public void The_last_three_are_kept_and_the_newest_is_loaded()
    {
        for (var attempt = 1; attempt <= 5; attempt++)
            Save(attempt);
        Assert.That(_checkpoints.List().Select(static checkpoint => checkpoint.Number), Is.EqualTo([3, 4, 5]));
        Assert.That(_checkpoints.List()[^1].Path, Is.EqualTo(FileOf(5)));
        Assert.That(_checkpoints.List()[^1].Bytes, Is.EqualTo(new FileInfo(FileOf(5)).Length));
        Assert.That(Load(), Is.EqualTo(5));
    }

    [TestCase("")]
    [TestCase("{\"version\":1,")]
    [TestCase("\0\0")]
    [TestCase("null")]
    public void One_that_is_damaged_is_passed_over(string content)
    {
        Save(1);
        Save(2);
        File.WriteAllText(FileOf(2), content);
        Assert.That(Load(), Is.EqualTo(1));
        Save(3);
        Assert.That(Load(), Is.EqualTo(3));
    }

    [Test]
    public void Other_files_in_the_folder_are_nobodys_checkpoint()
    {
        Save(1);
        foreach (var name in (string[])[".tmp.json", "x.json", "000000.json", "-1.json", "2.txt"])
            File.WriteAllText(Path.Combine(Folder.Path, "checkpoints", name), "{}");
        Assert.That(_checkpoints.List().Select(static checkpoint => checkpoint.Number), Is.EqualTo([1]));
    }

    [Test]
    public void With_the_newest_deleted_the_one_before_it_is_the_newest()
    {
        Save(1);
        Save(2);
        Assert.That((_checkpoints.Delete(2), _checkpoints.Delete(2)), Is.EqualTo((1, 0)));
        Assert.That(Load(), Is.EqualTo(1));
        Save(3);
        Assert.That(_checkpoints.List().Select(static checkpoint => checkpoint.Number), Is.EqualTo([1, 2]));
        Assert.That(_checkpoints.Delete(null), Is.EqualTo(2));
        Assert.That(Load(), Is.Null);
    }

    /// <summary>Any record serves as a checkpoint: here a status, its attempt what tells one from the other.</summary>
    private void Save(int attempt) => _checkpoints.Save(JsonSerializer.SerializeToUtf8Bytes(MadeJobs.Status() with { Attempt = attempt }, JobsJson.Default.JobStatus));

    private int? Load() => _checkpoints.Load(JobsJson.Default.JobStatus)?.Attempt;
}
