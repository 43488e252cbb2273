using System.Text;
using AstroJobs.Jobs.Processes;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Processes;

public sealed class LinePumpTests
{
    [TestCase("a\nb\n", "a|b")]
    [TestCase("a\r\nb\r\n", "a|b")]
    [TestCase("10 %\r20 %\rdone\n", "done", Description = "a progress bar leaves its last state")]
    [TestCase("10 %\r20 %\r\nnext\r\n", "20 %|next")]
    [TestCase("10 %\r20 %\r", "20 %", Description = "and so does one that never ends its line")]
    [TestCase("\r\r\n\ra\n", "a")]
    [TestCase("a\nb", "a|b", Description = "the last line without an end")]
    [TestCase("\n\n\n", "")]
    [TestCase("", "")]
    public async Task Lines_end_where_a_program_ends_them(string output, string lines) =>
        Assert.That(string.Join('|', (await PumpAsync(Encoding.UTF8.GetBytes(output))).Lines), Is.EqualTo(lines));

    [Test]
    public async Task A_progress_bar_that_goes_on_for_long_leaves_a_line_every_ten_seconds()
    {
        var time = new ManualTime();
        var lines = new List<string>();
        using var bar = new ProgressBarStream(steps: 100, () => time.Advance(TimeSpan.FromSeconds(1)));
        using var pump = new LinePump(bar, 1000, lines.Add, time);
        await pump.RunAsync(CancellationToken.None);
        Assert.That(lines, Is.EqualTo([.. Enumerable.Range(1, 10).Select(static ten => $"{ten * 10} %"), "done"]));
    }

    [Test]
    public async Task A_long_line_is_cut_between_characters_and_nothing_is_lost()
    {
        var output = "x" + string.Concat(Enumerable.Repeat("☾é𝄞", 10_000));
        var lines = (await PumpAsync(Encoding.UTF8.GetBytes(output))).Lines;
        Assert.Multiple(() =>
        {
            Assert.That(string.Concat(lines), Is.EqualTo(output));
            Assert.That(lines.Select(Encoding.UTF8.GetByteCount), Has.All.LessThanOrEqualTo(8192));
        });
    }

    [Test]
    public async Task Of_too_much_output_the_last_is_kept()
    {
        var output = new byte[1_000_000];
        new Random(1).NextBytes(output);
        for (var i = 0; i < output.Length; i++)
            output[i] = (byte)('a' + (output[i] % 26));
        var pumped = await PumpAsync(output, keepBytes: 1000);
        Assert.Multiple(() =>
        {
            Assert.That(pumped.IsComplete, Is.False);
            Assert.That(pumped.Kept, Is.EqualTo(Encoding.ASCII.GetString(output[^1000..])));
        });
    }

    [TestCase(999, true)]
    [TestCase(1000, true)]
    [TestCase(1001, false)]
    public async Task Output_is_complete_as_long_as_it_fits(int length, bool isComplete)
    {
        var pumped = await PumpAsync(Encoding.ASCII.GetBytes(new string('a', length)), keepBytes: 1000);
        Assert.That((pumped.IsComplete, pumped.Kept.Length), Is.EqualTo((isComplete, Math.Min(length, 1000))));
    }

    [Test]
    public async Task Binary_output_does_no_harm()
    {
        var output = new byte[100_000];
        new Random(7).NextBytes(output);
        Assert.That((await PumpAsync(output)).Lines, Is.Not.Empty);
    }

    private static async Task<(List<string> Lines, string Kept, bool IsComplete)> PumpAsync(byte[] output, int keepBytes = 1 << 20)
    {
        var lines = new List<string>();
        using var stream = new MemoryStream(output);
        using var pump = new LinePump(stream, keepBytes, lines.Add, new ManualTime());
        await pump.RunAsync(CancellationToken.None);
        return (lines, pump.Kept, pump.IsComplete);
    }

    /// <summary>Draws <c>1 %</c>, <c>2 %</c> and so on, each over the one before.</summary>
    private sealed class ProgressBarStream(int steps, Action wait) : MemoryStream
    {
        private int _step;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_step++ > steps)
                return ValueTask.FromResult(0);
            wait();
            return ValueTask.FromResult(Encoding.ASCII.GetBytes(_step > steps ? "done\n" : $"{_step} %\r", buffer.Span));
        }
    }
}
