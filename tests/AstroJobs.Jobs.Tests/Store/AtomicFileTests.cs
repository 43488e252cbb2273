using System.Text;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Store;

public sealed class AtomicFileTests : FolderFixture
{
    [Test]
    [CancelAfter(20_000)]
    public async Task A_reader_sees_the_old_or_the_new_file_and_never_a_mixture(CancellationToken cancellation)
    {
        var path = Folder.File("status.json");
        byte[][] versions = [Enumerable.Repeat((byte)'a', 50_000).ToArray(), Enumerable.Repeat((byte)'b', 80_000).ToArray()];
        AtomicFile.Write(path, versions[0], durable: false);
        var isWriting = true;
        var writer = Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
                AtomicFile.Write(path, versions[i % 2], durable: false);
            isWriting = false;
        }, cancellation);
        var reads = 0;
        while (Volatile.Read(ref isWriting) && !cancellation.IsCancellationRequested)
        {
            var seen = await File.ReadAllBytesAsync(path, cancellation);
            Assert.That(seen.SequenceEqual(versions[0]) || seen.SequenceEqual(versions[1]), $"{seen.Length} bytes");
            reads++;
        }
        await writer;
        Assert.That(reads, Is.Positive);
    }

    [Test]
    public void What_a_killed_writer_left_is_overwritten()
    {
        File.WriteAllText(Folder.File(".status.json.tmp"), new string('x', 10_000));
        AtomicFile.Write(Folder.File("status.json"), "new"u8, durable: true);
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(Folder.File("status.json")), Is.EqualTo("new"));
            Assert.That(Directory.GetFiles(Folder.Path), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        Directory.CreateDirectory(Folder.File("status.json")); // rename(2) cannot put a file in the place of a folder
        Assert.That(() => AtomicFile.Write(Folder.File("status.json"), "new"u8, durable: true), Throws.InstanceOf<IOException>().With.Message.Contains("rename"));
        Assert.That(Directory.GetFileSystemEntries(Folder.Path), Is.EqualTo([Folder.File("status.json")]));
    }

    [Test]
    public void Names_may_be_strange()
    {
        var path = Folder.File("a b\n\"ü\" %s");
        AtomicFile.Write(path, Encoding.UTF8.GetBytes("☾"), durable: true);
        Assert.That(File.ReadAllText(path), Is.EqualTo("☾"));
    }
}
