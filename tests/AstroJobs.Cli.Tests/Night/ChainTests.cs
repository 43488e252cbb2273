using System.Text.Json;

namespace AstroJobs.Cli.Tests.Night;

/// <summary>What follows a series is made by itself when the frames are there.</summary>
public sealed class ChainTests : ObservatoryFixture
{
    private CallerStore Store => Observatory.Store;

    [Test]
    public void A_burst_is_stacked_and_shown_by_jobs_that_its_result_names()
    {
        var burst = Observatory.Submit(Observatory.InstantBurst(3, "--then-stack=--mode median --output-name night.tif", "--then-video", "--project", "orion", "--name", "m42", "--label", "k=v"));

        var then = Then(Observatory.Result(Observatory.Done(burst)));

        Assert.That(then.Select(static follower => follower.GetProperty("kind").GetString()), Is.EqualTo(["stack", "video"]));
        var (stack, video) = (then[0].GetProperty("job_id").GetString()!, then[1].GetProperty("job_id").GetString()!);
        Assert.That(Observatory.OutputNames(Observatory.Done(stack)), Does.Contain("night.tif"));
        var status = Store.Stored(stack);
        Assert.Multiple(() =>
        {
            Assert.That(Observatory.Result(stack).GetProperty("mode").GetString(), Is.EqualTo("median"));
            Assert.That(Observatory.Result(Observatory.Done(video)).GetProperty("frames").GetInt32(), Is.EqualTo(3));
            Assert.That((status.GetProperty("project").GetString(), status.GetProperty("name").GetString(), status.GetProperty("labels").GetProperty("k").GetString()), Is.EqualTo(("orion", "m42", "v")), "filed as the burst");
            Assert.That(Observatory.Jobs(), Has.Length.EqualTo(3));
        });
    }

    [Test]
    public void A_whole_night_is_one_submit()
    {
        var burst = Observatory.Submit(Observatory.InstantBurst(4, "--then-extract=--no-pictures", "--then-stack"));

        var then = Then(Observatory.Result(Observatory.Done(burst)));

        Assert.That(then.Select(static follower => follower.GetProperty("kind").GetString()), Is.EqualTo(["stack", "extract"]));
        var (stack, extract) = (then[0].GetProperty("job_id").GetString()!, then[1].GetProperty("job_id").GetString()!);
        Assert.That(Store.Wait(extract).State, Is.AnyOf("done", "error"), "whether it is solved is another test's matter");
        Assert.That(Store.StoredState(stack), Is.EqualTo("done"));
        var asked = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Store.Folder(extract), "job.json"))).RootElement;
        Assert.That(asked.GetProperty("parameters").GetProperty("from_job").GetString(), Is.EqualTo(stack), "it looks at the stack");
    }

    [Test]
    public void A_series_that_is_cancelled_has_no_followers_and_one_that_goes_on_has_them_once()
    {
        var series = Observatory.Submit("submit", "timelapse", "--every", "0.3s", "--count", "3", "--grace", "1h", "--warmup", "1h", "--size", "480x360", "--instant", "--then-stack");
        CallerStore.Eventually(() => Store.StoredState(series) == "processing", "it runs");
        Assert.That(Store.Run("cancel", series).State, Is.EqualTo("cancelled"));
        Assert.That(Observatory.Jobs(), Has.Length.EqualTo(1));

        var burst = Observatory.Submit("submit", "burst", "--count", "2", "--size", "480x360", "--instant", "--interval", "120", "--then-stack");
        CallerStore.Eventually(() => Observatory.Progress(burst, "message")?.StartsWith("Frame 1/2") == true, "it has one frame");
        LiveProcesses.Kill(Store.Stored(burst).GetProperty("worker").GetProperty("pid").GetInt32());
        Assert.That(Store.Run("resume", burst).ExitCode, Is.Zero);
        var stack = Then(Observatory.Result(Observatory.Done(burst)))[0].GetProperty("job_id").GetString()!;
        Assert.That(Observatory.Result(Observatory.Done(stack)).GetProperty("used").GetInt32(), Is.EqualTo(2));
        Assert.That(Observatory.Jobs(), Has.Length.EqualTo(3));
    }

    [Test]
    public void Who_cancels_a_part_of_a_chain_cancels_what_hangs_on_it_and_nothing_else()
    {
        var holder = Store.Submit("sleep", "600"); // the only processor's slot
        var then = Then(Observatory.Result(Observatory.Done(Observatory.Submit(Observatory.InstantBurst(2, "--then-stack", "--then-extract", "--then-video")))));
        string Id(string kind) => then.Single(follower => follower.GetProperty("kind").GetString() == kind).GetProperty("job_id").GetString()!;
        var failing = Observatory.Submit("submit", "run", "--after", Id("stack"), "--", "true");

        Assert.That(Store.Run("cancel", Id("stack")).State, Is.EqualTo("cancelled"));
        Store.Run("cancel", holder); // a line whose slots are taken is not looked through

        Assert.That(Store.Wait(Id("extract")).State, Is.EqualTo("cancelled"));
        Assert.That(Store.Wait(failing).ErrorCode, Is.EqualTo("dependency_failed"), "one that somebody submitted is told why");
        Observatory.Done(Id("video"));
    }

    [Test]
    public void Who_cancels_a_series_that_is_over_cancels_what_follows_it_and_has_not_started()
    {
        var holder = Store.Submit("sleep", "600"); // the only processor's slot
        var burst = Observatory.Done(Observatory.Submit(Observatory.InstantBurst(2, "--then-stack", "--then-extract", "--then-video")));
        var other = Observatory.Submit("submit", "stack", "--from-job", burst);
        var followers = Then(Observatory.Result(burst)).Select(static follower => follower.GetProperty("job_id").GetString()!).ToList();

        var said = Store.Run("cancel", burst);

        Assert.That((said.ExitCode, said.State), Is.EqualTo((0, "done")), said.Output);
        Assert.That(said.Json.GetProperty("cancelled_followers").EnumerateArray().Select(static id => id.GetString()), Is.EquivalentTo(followers));
        Assert.That(followers.Select(Store.StoredState), Is.All.EqualTo("cancelled"));
        Assert.That(Store.StoredState(other), Is.EqualTo("queued"), "one that somebody submitted is left alone");
        Store.Run("cancel", burst).MustFail(6, "not_cancellable");
        Store.Run("cancel", holder);
    }

    [Test]
    public void What_follows_a_series_that_is_over_and_runs_already_runs_on_and_is_named()
    {
        var extractor = Store.Beside("extractor");
        File.WriteAllText(extractor, "#!/bin/sh\nsleep 600\n");
        File.SetUnixFileMode(extractor, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Store.Variables["ASTRO_EXTRACT_BIN"] = extractor;
        var burst = Observatory.Done(Observatory.Submit(Observatory.InstantBurst(1, "--then-extract")));
        var extract = Then(Observatory.Result(burst))[0].GetProperty("job_id").GetString()!;
        CallerStore.Eventually(() => Store.StoredState(extract) == "processing", "it runs");

        var said = Store.Run("cancel", burst);

        said.MustFail(6, "not_cancellable");
        Assert.That(said.Json.GetProperty("error").GetProperty("hint").GetString(), Does.Contain(extract));
        Assert.That(Store.StoredState(extract), Is.EqualTo("processing"));
        Assert.That(Store.Run("cancel", extract).State, Is.EqualTo("cancelled"));
    }

    [Test]
    public void One_frame_is_not_stacked_and_a_note_says_so()
    {
        var then = Then(Observatory.Result(Observatory.Done(Observatory.Submit(Observatory.InstantBurst(1, "--then-stack")))));
        Assert.That(then[0].GetProperty("job_id").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(then[0].GetProperty("note").GetString(), Is.EqualTo("1 frame(s) came, and a stack needs 2."));
        Assert.That(Observatory.Jobs(), Has.Length.EqualTo(1));
    }

    [TestCase("--then-stack=--mode muddle", "muddle", "usage")]
    [TestCase("--then-stack=--retries 3", "every job", "usage")]
    [TestCase("--then-stack=--output-name a.bmp", "a.bmp", "bad_input")]
    [TestCase("--then-stack=--live", "cannot be live", "bad_input")]
    [TestCase("--then-video=--fps 999", "999", "bad_input")]
    public void What_a_follower_would_refuse_is_refused_at_submit(string option, string message, string code)
    {
        var said = Store.Run(Observatory.InstantBurst(3, option));
        said.MustFail(2, code);
        Assert.That(said.Json.GetProperty("error").GetProperty("message").GetString(), Does.Contain(message));
        Assert.That(Observatory.Jobs(), Is.Empty);
    }

    [Test]
    public void A_single_frame_may_be_looked_at()
    {
        var capture = Observatory.Done(Observatory.Submit("submit", "capture", "--size", "480x360", "--instant", "--then-extract=--no-pictures", "--name", "m42"));

        var then = Then(Observatory.Result(capture));

        Assert.That(then.Select(static follower => follower.GetProperty("kind").GetString()), Is.EqualTo(["extract"]));
        var extract = then[0].GetProperty("job_id").GetString()!;
        var asked = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Store.Folder(extract), "job.json"))).RootElement;
        Assert.That((asked.GetProperty("parameters").GetProperty("from_job").GetString(), asked.GetProperty("name").GetString()), Is.EqualTo((capture, "m42")));
        Assert.That(Store.Run("submit", "capture", "--then-stack").ExitCode, Is.EqualTo(2), "one frame is no stack");
    }

    [Test]
    public void A_batch_may_have_chains()
    {
        var requests = Store.Beside("requests");
        File.WriteAllText(requests, """{"kind":"burst","count":2,"instant":true,"size":"480x360","then_stack":"--mode max","then_video":true}""");
        Directory.CreateDirectory(Store.Root);
        var burst = Store.Run("submit", "--batch", requests).JobId!;
        Assert.That(Then(Observatory.Result(Observatory.Done(burst))).Select(static follower => follower.GetProperty("job_id").ValueKind), Is.EqualTo([JsonValueKind.String, JsonValueKind.String]));
    }

    private static List<JsonElement> Then(JsonElement result) => [.. result.GetProperty("then").EnumerateArray()];
}
