using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Chains;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary>What every kind of submit understands, and what every one does: submit, answer, wait if asked to.</summary>
internal sealed class SubmitOptions
{
    private const int MostRetries = 100;

    private readonly Option<string?> _project = new("--project") { Description = "File the job under this project.", HelpName = "NAME" };
    private readonly Option<string?> _group = new("--group") { Description = "File the job under this group, for example the night.", HelpName = "NAME" };
    private readonly Option<string?> _name = new("--name") { Description = "A name for people.", HelpName = "NAME" };
    private readonly Option<string[]> _labels = new("--label") { Description = "A label KEY=VALUE; repeatable.", HelpName = "KEY=VALUE" };
    private readonly Option<string[]> _after = new("--after") { Description = "Start when this job is done; repeatable.", HelpName = "ID" };
    private readonly Option<string[]> _afterAny = new("--after-any") { Description = "Start when this job has ended, however it ended; repeatable.", HelpName = "ID" };
    private readonly Option<StartTimeOption?> _startAt = StartTimeOption.Create("--start-at", "Do not start before this time: 2026-11-21T22:00 (local unless it says otherwise), 22:00 (the next), or a duration from now such as 2h.");
    private readonly Option<int> _priority = new("--priority") { Description = "-1000 to 1000: of the jobs that wait, the higher starts first.", HelpName = "N" };
    private readonly Option<int?> _slots = new("--slots") { Description = "How many of the processor's slots (ASTROJOBS_CPU_SLOTS) it needs; 1 by default.", HelpName = "N" };
    private readonly Option<string[]> _exclusive = new("--exclusive") { Description = "Run beside no other job that names this too, for example mount; repeatable.", HelpName = "NAME" };
    private readonly Option<TimeSpan?> _timeout = DurationOption.Create("--timeout", "Stop it, and all it started, when an attempt takes longer than this: it ends as error timeout. At most 30d.");
    private readonly Option<int?> _nice = new("--nice") { Description = "-20 to 19: how far it stands back for other programs at the processor and the disk; at 19 it uses the disk only when nobody else does.", HelpName = "N" };
    private readonly Option<IfBusy?> _ifBusy = ChoiceOption.Create("--if-busy", "When it cannot start at once: let it wait for its turn, or make no job and exit 5", IfBusy.Queue);
    private readonly Option<string?> _key = new("--key") { Description = "Your own name for the job: while a job of this key exists, submitting again answers that one (created: false).", HelpName = "KEY" };
    private readonly Option<int> _retries = new("--retries") { Description = "Try again by itself, so many times, when an attempt fails for a reason that can pass: lost worker, timeout, disk, camera, a program's exit code.", HelpName = "N" };
    private readonly Option<TimeSpan?> _retryDelay = DurationOption.Create("--retry-delay", "How long to wait before the first retry; twice as long before each further one, up to 1h (default: 10s).");
    private readonly Option<string[]> _onFinish = new("--on-finish") { Description = "When the job has ended, in whatever way, run PROGRAM with its status.json on stdin; say --on-finish again for each argument of PROGRAM.", HelpName = "PROGRAM" };
    private readonly Option<bool> _wait = new("--wait") { Description = "Wait for the end, with a progress bar on a terminal, and answer the result." };

    private readonly Option<TimeSpan?>? _kindsTimeout;

    private SubmitOptions(Option<TimeSpan?>? kindsTimeout)
    {
        _kindsTimeout = kindsTimeout;
        _labels.Validators.Add(ValidateLabels);
        Bounds.Between(_priority, -1000, 1000);
        Bounds.AtLeast(_slots, 1);
        Bounds.Between(_retries, 0, MostRetries);
        Bounds.Between(_nice, -20, 19);
    }

    private IEnumerable<Option> All => [_project, _group, _name, _labels, _after, _afterAny, _startAt, _priority, _slots, _exclusive, _kindsTimeout ?? _timeout, _nice, _ifBusy, _key, _retries, _retryDelay, _onFinish, _wait];

    /// <param name="kindsTimeout">Where <c>--timeout</c> is a matter of the kind: its option, read by the kind, and no attempt is stopped from outside.</param>
    public static SubmitOptions AddTo(Command command, Option<TimeSpan?>? kindsTimeout = null)
    {
        var options = new SubmitOptions(kindsTimeout);
        foreach (var option in options.All)
            command.Options.Add(option);
        return options;
    }

    public int Submit<TParameters>(Session session, ParseResult parsed, JobKind<TParameters> kind, TParameters parameters, CancellationToken cancellation)
        where TParameters : class
    {
        if (session.Followers is { } followers)
            return Gather(followers, parsed, new Follower(kind.Name, new RawJson(kind.Serialize(parameters))));
        SubmittedJob submitted;
        try
        {
            submitted = session.Engine.Submit(kind, parameters, ReadLabels(parsed, session.Time));
        }
        catch (BusyException busy)
        {
            return session.Answer.Fail(busy.ToError(), writer =>
            {
                writer.WriteString("slot", busy.Slot);
                writer.WriteString("busy_with", busy.Holder?.ToString());
            });
        }
        if (parsed.GetValue(_wait))
            return Waiting.WaitAndAnswer(session, session.Engine.Store.Open(submitted.Id), cancellation);
        if (session.Answer.IsJson)
            session.Answer.Json(ok: true, writer => WriteMembers(writer, submitted));
        else
            session.Answer.Text(submitted.Id.ToString());
        return ExitCode.Ok;
    }

    /// <summary>A follower is filed as what it follows, and waits for that alone.</summary>
    private int Gather(List<Follower> followers, ParseResult parsed, Follower follower)
    {
        if (All.Any(option => option != _kindsTimeout && parsed.GetResult(option) is { Implicit: false }))
            return ExitCode.Usage;
        followers.Add(follower);
        return ExitCode.Ok;
    }

    private static void WriteMembers(Utf8JsonWriter writer, SubmittedJob submitted)
    {
        writer.WriteString("job_id", submitted.Id.ToString());
        writer.WriteBoolean("created", submitted.Created);
    }

    private JobLabels ReadLabels(ParseResult parsed, TimeProvider time) => new()
    {
        Project = parsed.GetValue(_project),
        Group = parsed.GetValue(_group),
        Name = parsed.GetValue(_name),
        Labels = (parsed.GetValue(_labels) ?? []).Select(static label => label.Split('=', 2)).GroupBy(static pair => pair[0]).ToDictionary(static pairs => pairs.Key, static pairs => pairs.Last()[1]),
        Priority = parsed.GetValue(_priority),
        Key = parsed.GetValue(_key),
        IfBusy = parsed.GetValue(_ifBusy) ?? IfBusy.Queue,
        StartAt = parsed.GetValue(_startAt)?.From(time),
        Retries = parsed.GetValue(_retries),
        RetryDelay = parsed.GetValue(_retryDelay) ?? JobLabels.DefaultRetryDelay,
        OnFinish = parsed.GetValue(_onFinish) ?? [],
        After = parsed.GetValue(_after) ?? [],
        AfterAny = parsed.GetValue(_afterAny) ?? [],
        CpuSlots = parsed.GetValue(_slots),
        Exclusive = parsed.GetValue(_exclusive) ?? [],
        Timeout = _kindsTimeout is null ? parsed.GetValue(_timeout) : null,
        Nice = parsed.GetValue(_nice),
    };

    private static void ValidateLabels(OptionResult result)
    {
        foreach (var token in result.Tokens.Where(static token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            result.AddError($"'{token.Value}' is not a label: write KEY=VALUE.");
    }
}
