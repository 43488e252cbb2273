using System.Globalization;
using System.Text;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Store;

public sealed class LogFileTests : FolderFixture
{
    private string Path => Folder.File("task.log");

    private LogFile Log => new(Path);

    [TestCase("", 3, "")]
    [TestCase("a\n", 3, "a\n")]
    [TestCase("a\nb\nc\nd\n", 2, "c\nd\n")]
    [TestCase("a\nb\nc\nd", 2, "c\nd", Description = "the last line has no end yet")]
    [TestCase("a\n\n\n", 2, "\n\n", Description = "empty lines are lines")]
    [TestCase("a\nb\n", 0, "")]
    [TestCase("10 %\r20 %\r30 %\ndone\n", 2, "10 %\r20 %\r30 %\ndone\n", Description = "a carriage return ends no line of the file")]
    public void The_tail_is_the_last_lines(string content, int lines, string tail)
    {
        File.WriteAllText(Path, content);
        Assert.That(Log.Tail(lines, 1 << 20), Is.EqualTo(new LogChunk(tail, content.Length)));
    }

    [Test]
    public void A_tail_longer_than_a_block_is_whole()
    {
        var lines = Enumerable.Range(0, 40_000).Select(static i => $"line {i}").ToArray();
        File.WriteAllLines(Path, lines);
        Assert.That(Log.Tail(30_000, 1 << 20).Content, Is.EqualTo(string.Join('\n', lines[10_000..]) + "\n"));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(5)]
    [TestCase(1000)]
    public void Read_piece_by_piece_the_log_is_whole_and_no_character_is_torn(int limit)
    {
        const string content = "aé☾𝄞 ü\n𝄞𝄞☾é";
        File.WriteAllText(Path, content);
        var (pieces, offset) = (new StringBuilder(), 0L);
        for (LogChunk chunk; (chunk = Log.Read(offset, limit)).NextOffset > offset; offset = chunk.NextOffset)
            pieces.Append(chunk.Content);
        Assert.Multiple(() =>
        {
            Assert.That(pieces.ToString(), Is.EqualTo(content));
            Assert.That(offset, Is.EqualTo(Encoding.UTF8.GetByteCount(content)));
        });
    }

    [Test]
    public void A_character_whose_end_is_not_written_yet_is_left_for_the_next_look()
    {
        File.WriteAllBytes(Path, [(byte)'a', 0xE2, 0x98]);
        Assert.That(Log.Read(0, 100), Is.EqualTo(new LogChunk("a", 1)));
        Assert.That(Log.Read(1, 100), Is.EqualTo(new LogChunk("", 1)));
        File.WriteAllBytes(Path, [(byte)'a', 0xE2, 0x98, 0xBE]);
        Assert.That(Log.Read(1, 100), Is.EqualTo(new LogChunk("☾", 4)));
    }

    [Test]
    public void Bytes_that_are_no_text_do_not_stop_the_reader()
    {
        File.WriteAllBytes(Path, [.. Enumerable.Range(0, 256).Select(static i => (byte)i), 0xFF, (byte)'z']);
        Assert.That(Log.Read(0, 1000), Has.Property("NextOffset").EqualTo(258L).And.Property("Content").EndsWith("z"));
    }

    [TestCase(99, 5)]
    [TestCase(5, 5)]
    public void An_offset_at_or_behind_the_end_gives_nothing_and_the_end(long offset, long next)
    {
        File.WriteAllText(Path, "hello");
        Assert.That(Log.Read(offset, 10), Is.EqualTo(new LogChunk("", next)));
    }

    [TestCase(10L << 30, TestName = "Ten gigabytes")]
    [TestCase(1L << 30, TestName = "A line of one gigabyte")]
    public void Of_a_log_of_any_size_little_more_is_read_than_is_answered(long length)
    {
        using (var file = File.OpenWrite(Path))
        {
            file.SetLength(length); // sparse: NULs that are one endless line
            file.Seek(0, SeekOrigin.End);
            file.Write("\nlast but one\nlast\n"u8);
        }
        var (allocated, read) = (GC.GetAllocatedBytesForCurrentThread(), BytesReadByThisThread());
        Assert.That(Log.Tail(2, 1 << 20).Content, Is.EqualTo("last but one\nlast\n"));
        Assert.That(Log.Tail(50, 1 << 20).Content, Has.Length.EqualTo(1 << 20), "the endless line is cut");
        Assert.That(Log.Read(length / 2, 1 << 20), Has.Property("NextOffset").EqualTo((length / 2) + (1 << 20)));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - allocated, Is.LessThan(16 << 20));
        Assert.That(BytesReadByThisThread() - read, Is.LessThan(4 << 20));
    }

    /// <summary>proc(5), /proc/pid/io.</summary>
    private static long BytesReadByThisThread() =>
        long.Parse(File.ReadLines("/proc/thread-self/io").First()["rchar: ".Length..], CultureInfo.InvariantCulture);
}
