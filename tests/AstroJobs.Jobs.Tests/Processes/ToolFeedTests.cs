using AstroJobs.Jobs.Processes;
using AstroJobs.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AstroJobs.Jobs.Tests.Processes;

/// <summary>What a tool is given on its stdin while it runs, with real programs.</summary>
public sealed class ToolFeedTests : FolderFixture
{
    private const int Block = 1 << 16;
    private readonly ToolRunner _runner = new(NullLogger.Instance, TimeProvider.System);

    [Test, CancelAfter(60_000)]
    public async Task All_that_is_fed_arrives_and_then_the_end(CancellationToken cancellation)
    {
        var ran = await RunAsync("wc", ["-c"], static async (stream, token) =>
        {
            for (var i = 0; i < 100; i++)
                await stream.WriteAsync(new byte[Block], token).ConfigureAwait(false);
        }, cancellation);
        Assert.That(ran.Output.Trim(), Is.EqualTo($"{100 * Block}"));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_program_that_wants_no_more_is_no_failure(CancellationToken cancellation)
    {
        var ran = await RunAsync("head", ["-c", "10"], Endless, cancellation);
        Assert.That((ran.ExitCode, ran.Output.Length), Is.EqualTo((0, 10)));
    }

    [Test, CancelAfter(60_000)]
    public void The_failure_of_the_feeder_is_thrown_on_and_the_program_does_not_wait_for_more(CancellationToken cancellation) =>
        Assert.That(
            () => RunAsync("cat", [], static (_, _) => throw new JobException(ErrorCode.BadInput, "no picture"), cancellation),
            Throws.InstanceOf<JobException>().With.Message.EqualTo("no picture"));

    [Test, CancelAfter(60_000)]
    public void A_cancel_ends_both(CancellationToken cancellation)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Assert.That(
            () => RunAsync("sleep", ["1000"], async (stream, token) =>
            {
                cancel.CancelAfter(TimeSpan.FromMilliseconds(50));
                await Endless(stream, token).ConfigureAwait(false);
            }, cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(cancellation.IsCancellationRequested, Is.False);
    }

    private static async Task Endless(Stream stream, CancellationToken token)
    {
        while (true)
            await stream.WriteAsync(new byte[Block], token).ConfigureAwait(false);
    }

    private Task<ToolResult> RunAsync(string program, string[] arguments, Func<Stream, CancellationToken, Task> feed, CancellationToken cancellation) =>
        _runner.RunAsync(new Tool(program, arguments) { Feed = feed }, Folder.Path, cancellation);
}
