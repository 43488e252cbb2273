using System.Text.Json;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Timelapse;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Timelapse;

/// <summary>A series for one test, in leaping time, that may be stopped and resumed.</summary>
internal sealed class TimelapseNight : IDisposable
{
    private readonly TempFolder _folder = TempFolder.InMemory();
    private bool _hasRun;

    public TimelapseNight() : this(static time => new ScriptedCamera(time))
    {
    }

    public TimelapseNight(Func<LeapingTime, ScriptedCamera> camera) => Camera = camera(Time);

    public LeapingTime Time { get; } = new();

    public ScriptedCamera Camera { get; }

    public DateTimeOffset Start { get; } = new LeapingTime().GetUtcNow();

    public bool Paused { get; set; }

    public List<JobProgress> Reports { get; } = [];

    public List<(string Program, DateTimeOffset At)> Programs { get; } = [];

    public Action<JobProgress> Reported { get; set; } = static _ => { };

    public string Output => Directory.CreateDirectory(_folder.File("output")).FullName;

    public string Journal => _folder.File("work", "shots.jsonl");

    /// <summary>Where a camera's frames come to before they have their names.</summary>
    public string Downloads => Directory.CreateDirectory(_folder.File("work", "camera", "downloads")).FullName;

    /// <summary>Every so often, so many.</summary>
    public static TimelapseParameters Every(double seconds, int count) => new() { Every = TimeSpan.FromSeconds(seconds), Count = count };

    /// <summary>As the command line does: prepared, then run; a second call resumes.</summary>
    public async Task RunAsync(TimelapseParameters parameters, CancellationToken cancellation = default)
    {
        var context = new FolderJobContext(_folder.Path, Time, cancellation)
        {
            IsResumed = _hasRun,
            Paused = () => Paused,
            Reported = progress =>
            {
                Reports.Add(progress);
                Reported(progress);
            },
            Programs = tool => Programs.Add((tool.Program, Time.GetUtcNow())),
        };
        _hasRun = true;
        await new TimelapseRun(Camera.Open, parameters, context).TakeAsync();
    }

    /// <summary>Runs until the power is cut.</summary>
    public void RunUntilPowerCut(TimelapseParameters parameters) => Assert.That(() => RunAsync(parameters), Throws.TypeOf<PowerCutException>());

    public JsonElement Result() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Output, "result.json"))).RootElement;

    public JsonElement Shot(int number) => Result().GetProperty("shots").EnumerateArray().Single(shot => shot.GetProperty("shot").GetInt32() == number);

    /// <summary>What became of each shot, a letter each: t taken, f failed, and the reason of a missed one: b busy, p paused, n not running, c clock, l late.</summary>
    public string Story() => string.Concat(Result().GetProperty("shots").EnumerateArray().Select(static shot =>
        shot.GetProperty("reason").ValueKind == JsonValueKind.String ? shot.GetProperty("reason").GetString()![0] : shot.GetProperty("status").GetString()![0]));

    public void Dispose() => _folder.Dispose();
}
