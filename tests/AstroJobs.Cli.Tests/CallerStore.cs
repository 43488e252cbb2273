using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Cli.Tests;

/// <summary>A store of its own for one test and a caller that runs the published program over it. Disposed, nothing of it runs on.</summary>
public sealed class CallerStore : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TempFolder _temp;

    public CallerStore(string name = "jobs") : this(new TempFolder(), name)
    {
    }

    private CallerStore(TempFolder temp, string name) => (_temp, Root) = (temp, temp.File(name));

    /// <summary>For tests of very many jobs whose point is not what a power cut leaves.</summary>
    public static CallerStore InMemory() => new(TempFolder.InMemory(), "jobs");

    /// <summary>JOBS_DIR; made by the first submit.</summary>
    public string Root { get; init; }

    /// <summary>Beside the store, for what a test needs besides.</summary>
    public string Beside(string name) => _temp.File(name);

    /// <summary>On top of the test's own environment.</summary>
    public Dictionary<string, string?> Variables { get; } = [];

    public string Folder(string id) => Path.Combine(Root, id);

    public string StatusFile(string id) => Path.Combine(Root, id, "status.json");

    /// <summary>What status.json says on disk, without any verb having been run.</summary>
    public JsonElement Stored(string id) => JsonDocument.Parse(File.ReadAllBytes(StatusFile(id))).RootElement;

    public string StoredState(string id) => Stored(id).GetProperty("state").GetString()!;

    /// <summary>Makes a job that has ended have ended longer ago.</summary>
    public void MoveBack(string id, TimeSpan by)
    {
        var status = JsonNode.Parse(File.ReadAllBytes(StatusFile(id)))!;
        var end = DateTimeOffset.Parse((string)status["finished_at"]!, CultureInfo.InvariantCulture) - by;
        status["finished_at"] = end.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        File.WriteAllText(StatusFile(id), status.ToJsonString());
    }

    public Said Run(params IEnumerable<string> arguments) => RunProgram(PublishedProgram.Path, arguments);

    /// <summary>Submits a program of /bin as a job of the kind <c>run</c>.</summary>
    public string Submit(params string[] program) => SubmitWith([], program);

    public string SubmitWith(IEnumerable<string> options, params string[] program)
    {
        var said = Run(["submit", "run", .. options, "--", .. program]);
        Assert.That(said.ExitCode, Is.Zero, said.Output + said.Error);
        return said.JobId!;
    }

    /// <summary>Waits by the verb, and then until the workers have let go: each writes its last line and clears up after it has recorded the end.</summary>
    public Said Wait(params IReadOnlyCollection<string> ids)
    {
        var said = Run(["wait", "--timeout", "100", .. ids]);
        foreach (var id in said.ExitCode is 0 or 1 ? ids : [])
            Eventually(() => !FolderLock.IsHeld(Path.Combine(Folder(id), "lock")), $"the worker of {id} has let go");
        return said;
    }

    public Process Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            WorkingDirectory = _temp.Path,
        };
        start.Environment["JOBS_DIR"] = Root;
        start.Environment["ASTROJOBS"] = PublishedProgram.Path;
        foreach (var (key, value) in Variables)
            start.Environment[key] = value;
        return Process.Start(start)!;
    }

    public Said RunProgram(string program, params IEnumerable<string> arguments)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience) || !Task.WaitAll([output, error], Patience))
        {
            process.Kill();
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not return within {Patience.TotalSeconds} s.");
        }
        return new Said(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Looks again and again, without running any verb.</summary>
    public static void Eventually(Func<bool> condition, string what, double seconds = 90)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); Thread.Sleep(10))
            if (watch.Elapsed.TotalSeconds > seconds)
                Assert.Fail($"Not within {seconds} s: {what}");
    }

    public void Dispose()
    {
        // Twice: a worker that is being killed may be starting the next one.
        for (var round = 0; round < 20 && LiveProcesses.OfStore(Root) is { Count: > 0 } alive; round++)
        {
            foreach (var pid in alive)
                LiveProcesses.Kill(pid);
            Thread.Sleep(10);
        }
        _temp.Dispose();
    }
}
