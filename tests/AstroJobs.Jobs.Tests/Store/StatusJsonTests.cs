using System.Text.Json;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Tests.Store;

public sealed class StatusJsonTests
{
    // The text of the design, §3, with the placeholders filled in.
    private const string Golden =
        """
        {"version":1,"job_id":"0193b0a1c2d37e4f8a9b0c1d2e3f4a5b","kind":"stack","state":"processing","attempt":1,"resumed":false,
        "project":"m42","group":"2026-11-21","name":"lights","labels":{"k":"v"},"priority":0,
        "progress":{"current":7,"total":20,"percent":35,"phase":"register","message":"Frame 7/20 registered (412 stars)"},
        "created_at":"2026-11-21T22:00:00.000Z","updated_at":"2026-11-21T22:00:01.500Z","started_at":"2026-11-21T22:00:01.000Z","finished_at":null,
        "worker":{"pid":4242,"start_ticks":123456,"boot_id":"b","host":"pi4","executor":"local"},
        "waiting_for":null,"position":null,"not_before":null,"error":null,"retries_left":0,"last_error":null}
        """;

    private static readonly JobStatus Status = new()
    {
        JobId = JobId.Parse("0193b0a1c2d37e4f8a9b0c1d2e3f4a5b"),
        Kind = "stack",
        State = JobState.Processing,
        Project = "m42",
        Group = "2026-11-21",
        Name = "lights",
        Labels = new Dictionary<string, string> { ["k"] = "v" },
        Progress = new JobProgress(7, 20, "register", "Frame 7/20 registered (412 stars)"),
        CreatedAt = MadeJobs.Night,
        UpdatedAt = MadeJobs.Night.AddSeconds(1.5),
        StartedAt = MadeJobs.Night.AddSeconds(1),
        Worker = new WorkerIdentity(4242, 123456, "b", "pi4", "local"),
    };

    [Test]
    public void A_status_is_written_as_the_design_says_names_and_order() =>
        Assert.That(JsonSerializer.Serialize(Status, JobsJson.Default.JobStatus), Is.EqualTo(Golden.ReplaceLineEndings("")));

    [Test]
    public void A_written_status_reads_back_the_same()
    {
        var back = JsonSerializer.Deserialize(Golden, JobsJson.Default.JobStatus)!;
        Assert.That(back with { Labels = Status.Labels }, Is.EqualTo(Status));
        Assert.That(back.Labels, Is.EqualTo(Status.Labels));
    }

    [Test]
    public void Times_of_another_zone_are_written_in_utc()
    {
        var moved = Status with { CreatedAt = MadeJobs.Night.ToOffset(TimeSpan.FromHours(-7)) };
        Assert.That(JsonSerializer.Serialize(moved, JobsJson.Default.JobStatus), Does.Contain("\"created_at\":\"2026-11-21T22:00:00.000Z\""));
    }

    [TestCase("\"state\":\"processing\"", "\"state\":1", Description = "a number is no state")]
    [TestCase("\"state\":\"processing\"", "\"state\":\"sleeping\"")]
    [TestCase("0193b0a1c2d37e4f8a9b0c1d2e3f4a5b", "../../etc")]
    [TestCase("2026-11-21T22:00:00.000Z", "yesterday")]
    [TestCase("\"kind\":\"stack\",", "", Description = "a required member is missing")]
    public void A_foreign_status_is_refused(string part, string instead) =>
        Assert.That(() => JsonSerializer.Deserialize(Golden.Replace(part, instead, StringComparison.Ordinal), JobsJson.Default.JobStatus), Throws.TypeOf<JsonException>());
}
