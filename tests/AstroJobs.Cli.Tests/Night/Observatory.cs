using System.Text.Json;

namespace AstroJobs.Cli.Tests.Night;

/// <summary>A caller for one test that takes small frames with the simulated camera and stacks them.</summary>
public sealed class Observatory : IDisposable
{
    /// <summary>Orion's belt, small: some hundred stars, drawn in a few milliseconds.</summary>
    private static readonly string[] SmallFrames = ["--size", "480x360", "--instant"];

    public CallerStore Store { get; } = new();

    public static string[] InstantBurst(int count, params string[] options) =>
        ["submit", "burst", "--count", $"{count}", .. SmallFrames, .. options];

    /// <summary>Submits and returns the job's id.</summary>
    public string Submit(params IEnumerable<string> arguments)
    {
        var said = Store.Run(arguments);
        Assert.That(said.ExitCode, Is.Zero, said.Output + said.Error);
        return said.JobId!;
    }

    /// <summary>Takes small frames at once.</summary>
    /// <returns>The job's id.</returns>
    public string Burst(int count, params string[] options) => Done(Submit(InstantBurst(count, options)));

    /// <summary>Takes small frames and returns their folder.</summary>
    public string Frames(int count, params string[] options) => Output(Burst(count, options));

    /// <summary>Stacks.</summary>
    /// <returns>The job's id.</returns>
    public string Stack(params string[] arguments) => Done(Submit(["submit", "stack", .. arguments]));

    public string Done(string id)
    {
        var said = Store.Wait(id);
        Assert.That((said.ExitCode, said.State), Is.EqualTo((0, "done")), said.Output);
        return id;
    }

    public JsonElement Result(string id) => Store.Run("result", id).Json;

    public string Output(string id) => Path.Combine(Store.Folder(id), "output");

    public string Output(string id, string name) => Path.Combine(Output(id), name);

    public string[] OutputNames(string id) => [.. Directory.EnumerateFileSystemEntries(Output(id)).Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal)];

    /// <summary>A word of the job's progress as it is on disk; null before its worker has told any.</summary>
    public string? Progress(string id, string member) =>
        Store.Stored(id).GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress ? progress.GetProperty(member).GetString() : null;

    /// <summary>Ids of the jobs in the store.</summary>
    public string[] Jobs() => Directory.Exists(Store.Root)
        ? [.. Directory.EnumerateDirectories(Store.Root).Select(folder => Path.GetFileName(folder)!).Where(static name => name[0] != '.')]
        : [];

    /// <summary>Jobs that were begun and never became whole.</summary>
    public string[] Unfinished()
    {
        var folder = Path.Combine(Store.Root, ".astrojobs", "new");
        return Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder) : [];
    }

    public void Dispose() => Store.Dispose();
}
