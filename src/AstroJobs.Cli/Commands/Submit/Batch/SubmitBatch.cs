using System.CommandLine;
using System.Text.Json;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands.Submit.Batch;

/// <summary>
/// Many submits in one process: a request a line, an answer a line in the same order, flushed as it goes. Each request goes through the same parser
/// and the same action as a command line, so it takes the same options and fails with the same words.
/// </summary>
/// <param name="kinds">The command <c>submit</c> with all its kinds.</param>
internal sealed class SubmitBatch(Session session, Command kinds) : IDisposable
{
    private static readonly ParserConfiguration Plain = new() { ResponseFileTokenReplacer = null };

    private readonly EarlierJobs _earlier = new();
    private readonly MemoryStream _said = new();

    /// <returns>The worst exit code of its lines.</returns>
    public async Task<int> RunAsync(string source, CancellationToken cancellation)
    {
        using var input = Open(source);
        var lines = new RequestLines(input);
        var worst = ExitCode.Ok;
        while (await lines.NextAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            if (line.IsBlank)
                continue;
            var exitCode = await SubmitAsync(line, cancellation).ConfigureAwait(false);
            Tell(line.Number);
            worst = Math.Max(worst, exitCode);
        }
        return worst;
    }

    public void Dispose() => _said.Dispose();

    private static Stream Open(string source)
    {
        try
        {
            return source == "-" ? Console.OpenStandardInput() : File.OpenRead(source);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JobException(ErrorCode.BadInput, $"The requests cannot be read: {error.Message}", "--batch takes a file of JSON lines, or - for stdin.", error);
        }
    }

    /// <summary>Leaves the answer in <see cref="_said"/>.</summary>
    private async Task<int> SubmitAsync(RequestLine line, CancellationToken cancellation)
    {
        _said.SetLength(0);
        var answer = new Answer(_said, static () => TextWriter.Null, isJson: true, errorIsTerminal: false);
        try
        {
            using var request = line.Parse();
            var command = BatchRequest.KindOf(request.RootElement, kinds);
            var parsed = kinds.Parse(BatchRequest.ToArguments(request.RootElement, command, _earlier), Plain);
            if (parsed.Errors.Count > 0)
                return answer.Fail(new JobError(ErrorCode.Usage, Misuse.Describe(parsed), $"See `astrojobs submit {command.Name} --help`."));
            var exitCode = await parsed.InvokeAsync(new SessionInvocation(session with { Answer = answer }), cancellation).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            Remember(line.Number, request.RootElement);
            return exitCode;
        }
        catch (JobException error)
        {
            return answer.Fail(error.ToError());
        }
    }

    private void Remember(int number, JsonElement request)
    {
        using var said = JsonDocument.Parse(Said);
        if (said.RootElement.TryGetProperty("created", out _))
            _earlier.Add(number, BatchRequest.KeyOf(request), said.RootElement.GetProperty("job_id").GetString()!);
    }

    private ReadOnlyMemory<byte> Said => _said.GetBuffer().AsMemory(0, (int)_said.Length);

    private void Tell(int number)
    {
        using var said = JsonDocument.Parse(Said);
        var answer = said.RootElement;
        var ok = answer.GetProperty("ok").GetBoolean();
        if (session.Answer.IsJson)
            session.Answer.Json(ok, writer => WriteMembers(writer, number, answer));
        else if (ok)
            session.Answer.Text(answer.GetProperty("job_id").GetString()!);
        else
            session.Answer.Error.WriteLine($"line {number}: {answer.GetProperty("error").GetProperty("code")}: {answer.GetProperty("error").GetProperty("message")}");
    }

    private static void WriteMembers(Utf8JsonWriter writer, int number, JsonElement answer)
    {
        writer.WriteNumber("line", number);
        foreach (var member in answer.EnumerateObject().Where(static member => member.Name != "ok"))
            member.WriteTo(writer);
    }
}
