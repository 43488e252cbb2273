using System.Globalization;
using System.Text;
using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class TaskLogTests : FolderFixture
{
    private const int Max = 256 << 10;

    private string File => Folder.File("task.log");

    private LogFile Reader => new(File);

    [Test]
    public void A_line_has_its_time_and_its_level_where_that_is_not_plain()
    {
        using (var log = Open())
        {
            log.LogInformation("{Line}", "ü ☾");
            log.LogWarning("careful");
            log.LogError(new InvalidOperationException("why"), "it broke");
            log.LogDebug("never");
        }
        Assert.That(System.IO.File.ReadAllText(File), Is.EqualTo("""
            2026-11-21T22:00:00.000Z ü ☾
            2026-11-21T22:00:00.000Z warning careful
            2026-11-21T22:00:00.000Z error it broke
            System.InvalidOperationException: why

            """));
    }

    [Test]
    public void A_log_without_end_keeps_its_head_and_its_tail_and_says_how_much_is_missing_between()
    {
        using (var log = Open())
            WriteLines(log, 0, 100_000);
        var lines = System.IO.File.ReadAllLines(File);
        var gap = Array.FindIndex(lines, static line => line.StartsWith("[... ", StringComparison.Ordinal));
        var leftOut = long.Parse(lines[gap].Split(' ')[1], CultureInfo.InvariantCulture);
        Assert.Multiple(() =>
        {
            Assert.That(new FileInfo(File).Length, Is.LessThanOrEqualTo(Max + 100));
            Assert.That(lines.Take(gap - 1).Select(NumberOf), Is.EqualTo(Enumerable.Range(0, gap - 1)), "the head, line by line; its last one is cut and made dots");
            Assert.That(lines.Skip(gap + 1).Select(NumberOf), Is.EqualTo(Enumerable.Range(100_000 - (lines.Length - gap - 1), lines.Length - gap - 1)), "the tail, whole lines alone");
            Assert.That(leftOut + new FileInfo(File).Length - LogGap.LineBytes, Is.EqualTo(100_000L * LineOf(0).Length));
            Assert.That(Directory.EnumerateFiles(Folder.Path).Count(), Is.EqualTo(1), "nothing else stays");
        });
    }

    [Test]
    public void Who_reads_on_by_offsets_misses_nothing_while_the_middle_is_being_left_out()
    {
        using var log = Open();
        var (read, offset) = (new StringBuilder(), 0L);
        for (var i = 0; i < 30_000; i += 100)
        {
            WriteLines(log, i, 100);
            ReadOn();
        }
        Assert.That(read.ToString(), Is.EqualTo(string.Concat(Enumerable.Range(0, 30_000).Select(LineOf))));
        Assert.That(offset, Is.EqualTo(30_000L * LineOf(0).Length), "an offset counts all that was ever written");
        Assert.That(Reader.Tail(1, 1000), Is.EqualTo(new LogChunk(LineOf(29_999), offset)));

        void ReadOn()
        {
            for (LogChunk chunk; (chunk = Reader.Read(offset, 5000)).NextOffset > offset; offset = chunk.NextOffset)
                read.Append(chunk.Content);
        }
    }

    [Test]
    public void Who_keeps_the_log_open_goes_on_in_the_shorter_one()
    {
        using var log = Open();
        using var reader = Reader;
        WriteLines(log, 0, 100);
        var offset = reader.Read(0, Max).NextOffset;
        WriteLines(log, 100, 10_000);
        Assert.That(reader.Read(offset, 1000).Content, Does.StartWith(LineOf(100)), "what stands in the old file is read first");
        var read = new StringBuilder();
        for (LogChunk chunk; (chunk = reader.Read(offset, 5000)).NextOffset > offset; offset = chunk.NextOffset)
            read.Append(chunk.Content);
        Assert.That(read.ToString(), Does.EndWith(LineOf(10_099)));
        Assert.That(offset, Is.EqualTo(10_100L * LineOf(0).Length));
    }

    [Test]
    public void Who_comes_too_late_is_told_of_the_gap_and_reads_on_behind_it()
    {
        using var log = Open();
        WriteLines(log, 0, 20_000);
        var chunk = Reader.Read(100_000, 200);
        Assert.That(chunk.Content, Does.StartWith("[... ").And.Contain("left out"));
        Assert.That(NumberOf(Reader.Read(chunk.NextOffset, 1000).Content.Split('\n')[1]), Is.GreaterThan(10_000));
        Assert.That(Reader.Read(0, 1 << 20).NextOffset, Is.EqualTo(LogGap.HeadBytes), "the head is read by itself");
    }

    [Test]
    public void One_endless_line_is_cut_like_any_other()
    {
        using (var log = Open())
            for (var i = 0; i < 100; i++)
                log.LogInformation("{Line}", new string('x', 100_000));
        Assert.That(new FileInfo(File).Length, Is.LessThanOrEqualTo(Max + 200_000));
        Assert.That(LogGap.Read(System.IO.File.OpenHandle(File)).LeftOut, Is.GreaterThan(9_000_000));
    }

    [Test]
    public void A_log_that_was_put_elsewhere_is_shortened_there()
    {
        using var log = Open();
        WriteLines(log, 0, 100);
        Directory.CreateDirectory(Folder.File("attempts"));
        System.IO.File.Move(File, Folder.File("attempts/task.log"));
        System.IO.File.WriteAllText(File, "the next attempt's");
        WriteLines(log, 100, 20_000);
        Assert.That(System.IO.File.ReadAllText(File), Is.EqualTo("the next attempt's"));
        Assert.That(new FileInfo(Folder.File("attempts/task.log")).Length, Is.LessThanOrEqualTo(Max + 100));
    }

    private TaskLog Open() => new(File, Max, new ManualTime(), isStandard: false);

    private static void WriteLines(TaskLog log, int first, int count)
    {
        for (var i = first; i < first + count; i++)
            log.LogInformation("line {Number}", i.ToString("D8", CultureInfo.InvariantCulture));
    }

    private static string LineOf(int number) => string.Create(CultureInfo.InvariantCulture, $"2026-11-21T22:00:00.000Z line {number:D8}\n");

    private static int NumberOf(string line) => int.Parse(line.AsSpan(line.Length - 8), CultureInfo.InvariantCulture);
}
