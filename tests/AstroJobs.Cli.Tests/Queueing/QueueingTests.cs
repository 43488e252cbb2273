using System.Globalization;

namespace AstroJobs.Cli.Tests.Queueing;

/// <summary>Slots, order and dependencies, seen from outside.</summary>
public sealed class QueueingTests : CallerFixture
{
    [Test]
    public void With_one_slot_jobs_run_one_after_the_other_in_the_order_of_submit()
    {
        string[] ids = [.. Enumerable.Range(0, 5).Select(_ => Store.Submit("sleep", "0.05"))];
        Assert.That(Store.Wait(ids).ExitCode, Is.Zero);
        for (var i = 1; i < ids.Length; i++)
            Assert.That(Time(ids[i], "started_at"), Is.GreaterThanOrEqualTo(Time(ids[i - 1], "finished_at")));
    }

    [Test]
    public void A_later_job_of_higher_priority_overtakes_those_that_wait()
    {
        var gate = Store.Beside("gate");
        var first = Store.Submit("sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done");
        CallerStore.Eventually(() => Store.StoredState(first) == "processing", "the slot is taken");
        var ids = new Dictionary<int, string>();
        foreach (var priority in (int[])[-1000, 0, 1000, 5])
            ids[priority] = Store.SubmitWith(["--priority", $"{priority}"], "true");
        File.WriteAllText(gate, "");
        Assert.That(Store.Wait(ids.Values).ExitCode, Is.Zero);
        Assert.That(ids.OrderBy(pair => Time(pair.Value, "started_at")).Select(static pair => pair.Key), Is.EqualTo([1000, 5, 0, -1000]));
        Assert.That(Store.Stored(ids[1000]).GetProperty("priority").GetInt32(), Is.EqualTo(1000));
    }

    [Test]
    public void With_two_slots_two_run_at_once_and_never_three()
    {
        Store.Variables["ASTROJOBS_CPU_SLOTS"] = "2";
        var gate = Store.Beside("gate");
        string[] ids = [.. Enumerable.Range(0, 4).Select(_ => Store.Submit("sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done"))];
        CallerStore.Eventually(() => ids[..2].All(id => Store.StoredState(id) == "processing"), "the first two run");
        Store.Run("list"); // starts what can start
        Assert.That(ids[2..].Select(Store.StoredState), Has.All.EqualTo("queued"));
        File.WriteAllText(gate, "");
        Assert.That(Store.Wait(ids).ExitCode, Is.Zero);
        Assert.That(ids[2..].Select(id => Time(id, "started_at")), Has.All.GreaterThanOrEqualTo(ids[..2].Min(id => Time(id, "finished_at"))));
    }

    [Test]
    public void A_camera_job_runs_beside_a_cpu_job_but_not_beside_another_of_its_camera()
    {
        var cpu = Store.Submit("sleep", "600");
        var camera = Store.SubmitWith(["--slot", "camera:x"], "sleep", "600");
        var other = Store.SubmitWith(["--slot", "camera:y/../é"], "sleep", "600");
        var same = Store.SubmitWith(["--slot", "camera:x"], "sleep", "600");
        var free = Store.SubmitWith(["--slot", "none"], "sleep", "600");
        foreach (var id in (string[])[cpu, camera, other, free])
            CallerStore.Eventually(() => Store.StoredState(id) == "processing", "all but one run");
        var status = Store.Run("status", same);
        Assert.That((status.State, status.Json.GetProperty("waiting_for").GetString()), Is.EqualTo(("queued", "camera")));
        Assert.That(Store.Run("status", Store.Submit("true")).Json.GetProperty("waiting_for").GetString(), Is.EqualTo("slot"));
    }

    [Test]
    public void A_freed_slot_starts_the_next_without_anybody_calling()
    {
        var gate = Store.Beside("gate");
        var first = Store.Submit("sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done");
        var second = Store.Submit("true");
        var third = Store.SubmitWith(["--after", second], "true");
        CallerStore.Eventually(() => Store.StoredState(first) == "processing", "the first runs");
        Assert.That(Store.StoredState(second), Is.EqualTo("queued"));
        File.WriteAllText(gate, "");
        CallerStore.Eventually(() => Store.StoredState(third) == "done", "the others follow, no verb run");
        Assert.That(Store.StoredState(second), Is.EqualTo("done"));
    }

    [Test]
    public void A_job_waits_for_those_it_comes_after()
    {
        var gate = Store.Beside("gate");
        var first = Store.SubmitWith(["--slot", "none"], "sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done");
        var second = Store.SubmitWith(["--after", first], "true");
        var free = Store.Submit("true");
        Assert.That(Store.Wait(free).ExitCode, Is.Zero, "who waits for a job holds no slot");
        Assert.That(Store.Run("status", second).Json.GetProperty("waiting_for").GetString(), Is.EqualTo($"after:{first}"));
        File.WriteAllText(gate, "");
        Assert.That(Store.Wait(second).ExitCode, Is.Zero);
        Assert.That(Time(second, "started_at"), Is.GreaterThanOrEqualTo(Time(first, "finished_at")));
    }

    [Test]
    public void Whoever_comes_after_a_failed_job_fails_and_so_does_who_comes_after_that()
    {
        var gate = Store.Beside("gate");
        var first = Store.SubmitWith(["--slot", "none"], "sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done; exit 1");
        var second = Store.SubmitWith(["--after", first, "--slot", "z"], "true");
        var third = Store.SubmitWith(["--after", second, "--slot", "a"], "true");
        var fourth = Store.SubmitWith(["--after", third, "--slot", "m"], "true");
        File.WriteAllText(gate, "");
        foreach (var id in (string[])[second, third, fourth])
        {
            CallerStore.Eventually(() => Store.StoredState(id) == "error", "it fails, no verb run");
            Assert.That(Store.Stored(id).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("dependency_failed"));
        }
        Store.Run("submit", "run", "--after", first, "--", "true").MustFail(2, "bad_input");
        Store.Run("submit", "run", "--after", "0193", "--", "true").MustFail(3, "job_not_found");
    }

    private DateTimeOffset Time(string id, string member) => DateTimeOffset.Parse(Store.Stored(id).GetProperty(member).GetString()!, CultureInfo.InvariantCulture);
}
