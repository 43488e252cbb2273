using AstroJobs.Kinds.Stack.Live;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Stack;

/// <summary>What a live stack waits for: else it would read half a frame, or never end.</summary>
public sealed class WatchedFileTests : FolderFixture
{
    private WatchedFile _file = null!;

    private string Frame => Folder.File("light.fits");

    [SetUp]
    public void MakeWatched() => _file = new WatchedFile();

    [Test]
    public void A_frame_is_read_when_it_has_stood_still_for_a_second()
    {
        File.WriteAllText(Frame, "half");
        Assert.That(LookAt(0), Is.False);
        Assert.That(LookAt(0.9), Is.False);
        File.AppendAllText(Frame, " and half");
        Assert.That(LookAt(1.1), Is.False, "it has grown");
        Assert.That(LookAt(2.2), Is.True);
    }

    [Test]
    public void What_appeared_by_rename_is_whole()
    {
        File.WriteAllText(Frame, "whole");
        Assert.That(_file.Look(Frame, TimeSpan.Zero, isWhole: true), Is.True);
    }

    [Test]
    public void An_empty_file_is_waited_for_but_not_for_ever()
    {
        File.WriteAllText(Frame, "");
        Assert.That((LookAt(0), IsHopedAt(0), IsHopedAt(19)), Is.EqualTo((false, true, true)));
        Assert.That((LookAt(21), IsHopedAt(21)), Is.EqualTo((false, false)));
        Assert.That(_file.WhyNeverRead(Frame), Is.EqualTo("it is empty."));
        File.WriteAllText(Frame, "late");
        Assert.That((LookAt(30), IsHopedAt(30), LookAt(32)), Is.EqualTo((false, true, true)));
    }

    [Test]
    public void A_frame_that_has_gone_is_not_waited_for()
    {
        Assert.That((LookAt(0), IsHopedAt(0)), Is.EqualTo((false, false)));
        Assert.That(_file.WhyNeverRead(Frame), Is.Null);
    }

    [Test]
    public void A_frame_that_cannot_be_read_is_tried_again_for_twenty_seconds()
    {
        File.WriteAllText(Frame, "torn");
        LookAt(0);
        Assert.That((LookAt(1), _file.HasFailed(At(1)), LookAt(2), LookAt(3)), Is.EqualTo((true, false, false, true)));
        Assert.That(_file.HasFailed(At(20.5)), Is.True);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private bool LookAt(double seconds) => _file.Look(Frame, At(seconds), isWhole: false);

    private bool IsHopedAt(double seconds) => _file.IsHoped(At(seconds));
}
