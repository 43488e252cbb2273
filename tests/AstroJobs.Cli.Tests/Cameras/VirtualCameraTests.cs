using AstroJobs.Cli.Tests.Faults;
using AstroJobs.Cli.Tests.Night;
using AstroJobs.Jobs.Faults;
using AstroJobs.Testing.VirtualCameras;

namespace AstroJobs.Cli.Tests.Cameras;

/// <summary>Jobs that take pictures by the real gphoto2 with a camera on the loopback network.</summary>
public sealed class VirtualCameraTests : ObservatoryFixture
{
    private readonly VirtualCamera _camera = new();

    [TearDown]
    public void SwitchOff() => _camera.Dispose();

    private string Name => $"gphoto2:{_camera.Port}";

    [Test]
    public void A_capture_that_is_waited_for_answers_its_file()
    {
        var said = Observatory.Store.Run("submit", "capture", "--camera", Name, "--iso", "800", "--image-format", "NEF+Fine", "--prefix", "m42", "--wait");
        Assert.That(said.ExitCode, Is.Zero, said.Output);
        Assert.That(said.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("file").GetString()), Is.EquivalentTo(new[] { "m42-0001.nef", "m42-0001.jpg" }));
    }

    [Test]
    public void Cancelled_in_mid_exposure_it_lets_the_camera_go_and_the_next_job_has_it()
    {
        var burst = Observatory.Submit("submit", "burst", "--camera", Name, "--exposure", "30s", "--count", "3");
        CallerStore.Eventually(() => _camera.Openings.Count == 1, "the shutter opens");
        Assert.That(Observatory.Store.Run("cancel", burst).State, Is.EqualTo("cancelled"));
        Assert.That(LiveProcesses.OfStore(Observatory.Store.Root), Is.Empty);
        Observatory.Done(Observatory.Submit("submit", "capture", "--camera", Name, "--exposure", "0.1"));
        Assert.That(_camera.Collisions, Is.Zero);
    }

    [Test]
    public void Two_bursts_take_turns_at_one_camera()
    {
        string[] burst = ["submit", "burst", "--camera", Name, "--exposure", "0.1", "--count", "3"];
        var (first, second) = (Observatory.Submit(burst), Observatory.Submit(burst));
        Observatory.Done(first);
        Observatory.Done(second);
        Assert.That((_camera.Shots, _camera.Collisions), Is.EqualTo((6, 0)));
    }

    [Test]
    public void A_worker_that_is_killed_leaves_no_gphoto2_and_the_burst_goes_on_where_it_was()
    {
        _camera.FaultOf = static shot => shot == 3 ? ShotFault.Hang : ShotFault.None;
        var burst = Observatory.Submit("submit", "burst", "--camera", Name, "--exposure", "0.5", "--count", "4");
        CallerStore.Eventually(() => _camera.Openings.Count == 3, "the third frame is being exposed, and does not end");
        LiveProcesses.Kill(Observatory.Store.Stored(burst).GetProperty("worker").GetProperty("pid").GetInt32());
        CallerStore.Eventually(() => Observatory.Store.Run("status", burst).State == "error", "the loss is seen");
        Assert.That(Observatory.Store.Run("resume", burst).ExitCode, Is.Zero);
        Observatory.Done(burst);
        var frames = Observatory.Result(burst).GetProperty("files").EnumerateArray().Select(file => file.GetProperty("frame").GetInt32());
        Assert.That(frames, Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(_camera.Collisions, Is.Zero);
    }

    [TestCase(FailPoint.CameraFrameCame, "0.1")]
    [TestCase(FailPoint.CameraFrameNamed, "0.1")]
    [TestCase(FailPoint.CameraFrameCame, "1")] // frames that gphoto2 takes by itself
    public void A_frame_that_had_come_when_the_worker_was_killed_is_not_taken_again(FailPoint point, string exposure)
    {
        var burst = KilledBurst($"work/{point}:2", "--exposure", exposure, "--count", "3");
        if (exposure == "1")
            CallerStore.Eventually(() => LiveProcesses.OfJob(burst).Count == 0, "gphoto2 has nobody to talk to and ends");
        var shots = _camera.Shots;

        Assert.That(Observatory.Store.Run("resume", burst).ExitCode, Is.Zero);

        Assert.That(Frames(Observatory.Done(burst)), Is.EqualTo(new[] { "frame-0001.jpg", "frame-0002.jpg", "frame-0003.jpg" }));
        Assert.That(_camera.Shots, Is.EqualTo(shots + 1), "the third alone");
    }

    [Test]
    public void Cameras_tells_what_can_be_set_and_who_uses_one()
    {
        var camera = Observatory.Store.Run("cameras", "--camera", Name).Json.GetProperty("cameras")[0];
        Assert.That(camera.GetProperty("model").GetString(), Does.Contain(VirtualCamera.Model));
        Assert.That(camera.GetProperty("battery_percent").GetInt32(), Is.EqualTo(83));
        var iso = camera.GetProperty("settings").EnumerateArray().First(setting => setting.GetProperty("key").GetString() == "iso");
        Assert.That(iso.GetProperty("choices").EnumerateArray().Select(choice => choice.GetString()), Does.Contain("6400"));

        var burst = Observatory.Submit("submit", "burst", "--camera", Name, "--exposure", "30s", "--count", "3");
        CallerStore.Eventually(() => _camera.Openings.Count == 1, "the shutter opens");
        Assert.That(Observatory.Store.Run("cameras", "--camera", Name).Json.GetProperty("cameras")[0].GetProperty("busy_with").GetString(), Is.EqualTo(burst));
        Observatory.Store.Run("cancel", burst);
        Assert.That(_camera.Collisions, Is.Zero);
    }

    [Test]
    public void A_camera_that_is_not_there_is_told_with_its_exit_code()
    {
        Assert.That(Observatory.Store.Run("submit", "burst", "--camera", "nikon").ExitCode, Is.EqualTo(7));
        var cameras = Observatory.Store.Run("cameras", "--camera", "gphoto2:ptpip:127.0.0.1:1:1").Json.GetProperty("cameras")[0];
        Assert.That(cameras.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("camera_not_found"));
    }

    /// <summary>A burst whose worker has died as planned.</summary>
    private string KilledBurst(string plan, params string[] options)
    {
        var said = Observatory.Store.RunPlanned(plan, ["submit", "burst", "--camera", Name, "--image-format", "JPEG Fine", .. options]);
        Assert.That(said.ExitCode, Is.Zero, said.Output + said.Error);
        CallerStore.Eventually(() => Observatory.Store.StoredState(said.JobId!) != "queued", "it has begun");
        Observatory.Store.WaitForDeath(said.JobId!);
        return said.JobId!;
    }

    private string?[] Frames(string burst) => [.. Observatory.Result(burst).GetProperty("files").EnumerateArray().Select(file => file.GetProperty("file").GetString())];
}
