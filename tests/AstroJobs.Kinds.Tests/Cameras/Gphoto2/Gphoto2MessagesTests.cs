using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Gphoto2;
using AstroJobs.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AstroJobs.Kinds.Tests.Cameras.Gphoto2;

/// <summary>Messages that the virtual camera cannot bring gphoto2 to say: those of USB.</summary>
public sealed class Gphoto2MessagesTests
{
    private const string Claimed = """
        An error occurred in the io-library ('Could not claim the USB device'): Could not claim interface 0 (Device or resource busy). Make sure no other program (gvfs-gphoto2-volume-monitor) or kernel module (such as sdc2xx, stv680, spca50x) is using the device and you have read/write access to the device.
        *** Error (-53: 'Could not claim the USB device') ***
        """;

    [TestCase(Claimed, ErrorCode.CameraBusy, "another program holds the camera", "gio mount -s gphoto2")]
    [TestCase("*** Error (-105: 'Unknown model') ***", ErrorCode.CameraNotFound, "cannot be found", "cable")]
    [TestCase("*** Error: No camera found. ***", ErrorCode.CameraNotFound, "cannot be found", "awake")]
    [TestCase("ERROR: Could not capture image.\n*** Error (-115: 'Not enough free space') ***", ErrorCode.DiskFull, "card is full", "--capture-target ram")]
    [TestCase("*** Error (-6: 'Unsupported operation') ***", ErrorCode.BadInput, "cannot be released", "--abilities")]
    [TestCase("*** Error (-110: 'I/O in progress') ***", ErrorCode.CameraBusy, "is busy", "off and on")]
    [TestCase("*** Error (-9999: 'Nobody knows') ***", ErrorCode.CameraFailed, "gphoto2 says", "task.log")]
    public void It_is_said_what_is_wrong_and_what_to_do(string said, string code, string what, string hint)
    {
        var trouble = Gphoto2Messages.Explain("The frame did not come", said);
        Assert.That(trouble.Code, Is.EqualTo(code));
        Assert.That(trouble.Message, Does.StartWith("The frame did not come: ").And.Contain(what));
        Assert.That(trouble.Hint, Does.Contain(hint));
    }

    [Test]
    public void The_program_speaks_English_and_leaves_the_settings_of_people_alone()
    {
        using var folder = new TempFolder();
        var command = new Gphoto2Program("usb:001,004", new CameraSurroundings(folder.Path, NullLogger.Instance, TimeProvider.System)).Command("--summary");
        Assert.That(command.Arguments, Is.EqualTo(new[] { "--port", "usb:001,004", "--summary" }));
        Assert.That(command.Environment["LC_ALL"], Is.EqualTo("C"));
        Assert.That(command.Environment["HOME"], Does.StartWith(folder.Path));
    }
}
