namespace AstroJobs.Cli.Tests.Surroundings;

/// <summary>How the runtime runs a worker is the worker's own affair.</summary>
public sealed class WorkerRuntimeTests : IDisposable
{
    private const string Setting = "DOTNET_TieredCompilation=0";

    private readonly CallerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Test]
    public void A_worker_runs_what_was_compiled_ahead_and_its_tools_know_nothing_of_that()
    {
        var gate = _store.Beside("gate");
        var id = _store.SubmitWith([], "bash", "-c", $"env; echo begun; while [ ! -e '{gate}' ]; do sleep 0.1; done");
        CallerStore.Eventually(() => Said(id).Contains("begun"), "its tool runs");
        var worker = _store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32();
        Assert.That(File.ReadAllText($"/proc/{worker}/environ").Split('\0'), Does.Contain(Setting));
        File.WriteAllText(gate, "");
        Assert.That(_store.Wait(id).ExitCode, Is.Zero);
        Assert.That(Said(id), Does.Contain($"ASTROJOBS_JOB_ID={id}").And.Not.Contain(Setting));
    }

    private string Said(string id) => Path.Combine(_store.Folder(id), "task.log") is var log && File.Exists(log) ? File.ReadAllText(log) : "";
}
