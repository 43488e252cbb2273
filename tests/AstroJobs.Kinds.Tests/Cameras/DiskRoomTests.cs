using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Cameras;

public sealed class DiskRoomTests : FolderFixture
{
    private const long Mebibyte = 1 << 20;

    private HeardLog _log = null!;
    private long _free;

    [SetUp]
    public void ListenAnew() => _log = new HeardLog();

    [Test]
    public void Before_the_first_shot_only_the_room_to_keep_free_counts()
    {
        _free = 3 * Mebibyte;
        Assert.That(() => Room(keepFree: 3 * Mebibyte).Check(10), Throws.Nothing);
        Assert.That(() => Room(keepFree: (3 * Mebibyte) + 1).Check(10), DiskFull("3 MiB are to stay free"));
    }

    [Test]
    public void A_shot_as_large_as_the_largest_so_far_must_fit_beside_what_stays_free()
    {
        var room = Room(keepFree: 5 * Mebibyte);
        room.Learn([Shot(2 * Mebibyte), Shot(Mebibyte)]);
        room.Learn([Shot(Mebibyte)]);
        _free = 8 * Mebibyte;
        Assert.That(() => room.Check(1), Throws.Nothing);
        _free--;
        Assert.That(() => room.Check(1), DiskFull("5 MiB are to stay free"));
    }

    [Test]
    public void Without_any_that_is_to_stay_free_the_records_still_need_a_mebibyte()
    {
        _free = Mebibyte;
        Assert.That(() => Room(keepFree: 0).Check(1), Throws.Nothing);
        _free--;
        Assert.That(() => Room(keepFree: 0).Check(1), DiskFull("too little for one more shot"));
    }

    [Test]
    public void That_not_all_will_fit_is_said_while_there_is_time([Values(3, 4)] int toCome)
    {
        var room = Room(keepFree: 0);
        room.Learn([Shot(2 * Mebibyte)]);
        _free = 7 * Mebibyte; // three shots, and the records
        room.Check(toCome);
        room.Check(toCome); // once is enough
        Assert.That(_log.Lines, toCome == 4 ? Has.One.Contains("room for about 3 of the 4 shots") : Is.Empty);
    }

    private DiskRoom Room(long keepFree) => new(Folder.Path, keepFree, _log, _ => _free);

    private string Shot(long bytes)
    {
        var path = Folder.File(Guid.NewGuid().ToString());
        using var file = File.Create(path);
        file.SetLength(bytes);
        return path;
    }

    private static NUnit.Framework.Constraints.Constraint DiskFull(string words) =>
        Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.DiskFull).And.Message.Contains(words);
}
