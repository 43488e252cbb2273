using System.Globalization;

namespace AstroJobs.Cli.Tests.Queueing;

/// <summary>Slots, order and dependencies, seen from outside.</summary>
public sealed class QueueingTests : IDisposable
{
    private readonly CallerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Test]
    public void With_one_slot_jobs_run_one_after_the_other_in_the_order_of_submit()
    {
        string[] ids = [.. Enumerable.Range(0, 5).Select(_ => _store.Submit("sleep", "0.05"))];
        Assert.That(_store.Wait(ids).ExitCode, Is.Zero);
        for (var i = 1; i < ids.Length; i++)
            Assert.That(Time(ids[i], "started_at"), Is.GreaterThanOrEqualTo(Time(ids[i - 1], "finished_at")));
    }

    [Test]
    public void A_later_job_of_higher_priority_overtakes_those_that_wait()
    {
        var gate = _store.Beside("gate");
        var first = _store.Submit("sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done");
        CallerStore.Eventually(() => _store.StoredState(first) == "processing", "the slot is taken");
        var ids = new Dictionary<int, string>();
        foreach (var priority in (int[])[-1000, 0, 1000, 5])
            ids[priority] = _store.SubmitWith(["--priority", $"{priority}"], "true");
        File.WriteAllText(gate, "");
        Assert.That(_store.Wait(ids.Values).ExitCode, Is.Zero);
        Assert.That(ids.OrderBy(pair => Time(pair.Value, "started_at")).Select(static pair => pair.Key), Is.EqualTo([1000, 5, 0, -1000]));
        Assert.That(_store.Stored(ids[1000]).GetProperty("priority").GetInt32(), Is.EqualTo(1000));
    }

    [Test]
    public void With_two_slots_two_run_at_once_and_never_three()
    {
        _store.Variables["ASTROJOBS_CPU_SLOTS"] = "2";
        var gate = _store.Beside("gate");
        string[] ids = [.. Enumerable.Range(0, 4).Select(_ => _store.Submit("sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done"))];
        CallerStore.Eventually(() => ids[..2].All(id => _store.StoredState(id) == "processing"), "the first two run");
        _store.Run("list"); // starts what can start
        Assert.That(ids[2..].Select(_store.StoredState), Has.All.EqualTo("queued"));
        File.WriteAllText(gate, "");
        Assert.That(_store.Wait(ids).ExitCode, Is.Zero);
        Assert.That(ids[2..].Select(id => Time(id, "started_at")), Has.All.GreaterThanOrEqualTo(ids[..2].Min(id => Time(id, "finished_at"))));
    }

    [Test]
    public void A_camera_job_runs_beside_a_cpu_job_but_not_beside_another_of_its_camera()
    {
        var cpu = _store.Submit("sleep", "60");
        var camera = _store.SubmitWith(["--slot", "camera:x"], "sleep", "60");
        var other = _store.SubmitWith(["--slot", "camera:y/../é"], "sleep", "60");
        var same = _store.SubmitWith(["--slot", "camera:x"], "sleep", "60");
        var free = _store.SubmitWith(["--slot", "none"], "sleep", "60");
        foreach (var id in (string[])[cpu, camera, other, free])
            CallerStore.Eventually(() => _store.StoredState(id) == "processing", "all but one run");
        var status = _store.Run("status", same);
        Assert.That((status.State, status.Json.GetProperty("waiting_for").GetString()), Is.EqualTo(("queued", "camera")));
        Assert.That(_store.Run("status", _store.Submit("true")).Json.GetProperty("waiting_for").GetString(), Is.EqualTo("slot"));
    }

    [Test]
    public void A_freed_slot_starts_the_next_without_anybody_calling()
    {
        var gate = _store.Beside("gate");
        var first = _store.Submit("sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done");
        var second = _store.Submit("true");
        var third = _store.SubmitWith(["--after", second], "true");
        CallerStore.Eventually(() => _store.StoredState(first) == "processing", "the first runs");
        Assert.That(_store.StoredState(second), Is.EqualTo("queued"));
        File.WriteAllText(gate, "");
        CallerStore.Eventually(() => _store.StoredState(third) == "done", "the others follow, no verb run");
        Assert.That(_store.StoredState(second), Is.EqualTo("done"));
    }

    [Test]
    public void A_job_waits_for_those_it_comes_after()
    {
        var gate = _store.Beside("gate");
        var first = _store.SubmitWith(["--slot", "none"], "sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done");
        var second = _store.SubmitWith(["--after", first], "true");
        var free = _store.Submit("true");
        Assert.That(_store.Wait(free).ExitCode, Is.Zero, "who waits for a job holds no slot");
        Assert.That(_store.Run("status", second).Json.GetProperty("waiting_for").GetString(), Is.EqualTo($"after:{first}"));
        File.WriteAllText(gate, "");
        Assert.That(_store.Wait(second).ExitCode, Is.Zero);
        Assert.That(Time(second, "started_at"), Is.GreaterThanOrEqualTo(Time(first, "finished_at")));
    }

    [Test]
    public void Whoever_comes_after_a_failed_job_fails_and_so_does_who_comes_after_that()
    {
        var gate = _store.Beside("gate");
        var first = _store.SubmitWith(["--slot", "none"], "sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done; exit 1");
        var second = _store.SubmitWith(["--after", first, "--slot", "z"], "true");
        var third = _store.SubmitWith(["--after", second, "--slot", "a"], "true");
        var fourth = _store.SubmitWith(["--after", third, "--slot", "m"], "true");
        File.WriteAllText(gate, "");
        foreach (var id in (string[])[second, third, fourth])
        {
            CallerStore.Eventually(() => _store.StoredState(id) == "error", "it fails, no verb run");
            Assert.That(_store.Stored(id).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("dependency_failed"));
        }
        _store.Run("submit", "run", "--after", first, "--", "true").MustFail(2, "bad_input");
        _store.Run("submit", "run", "--after", "0193", "--", "true").MustFail(3, "job_not_found");
    }

    private DateTimeOffset Time(string id, string member) => DateTimeOffset.Parse(_store.Stored(id).GetProperty(member).GetString()!, CultureInfo.InvariantCulture);
}
