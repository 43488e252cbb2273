using System.Runtime.InteropServices;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Native;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>What cannot be read or written is said in words, by name, and leaves nothing behind.</summary>
public sealed partial class FailureTests : FolderFixture
{
    [Test]
    public void A_missing_file_is_named() => AssertFails(Folder.File("none.fits"), "there is no such file");

    [Test]
    public void A_folder_is_not_a_picture() => AssertFails(Folder.Path, "it is a folder");

    [Test]
    public void An_empty_file_is_said_to_be_empty()
    {
        File.WriteAllBytes(Folder.File("empty.jpg"), []);
        AssertFails(Folder.File("empty.jpg"), "0 bytes");
    }

    [Test, CancelAfter(60_000)]
    public void A_pipe_is_not_waited_for(CancellationToken cancellation)
    {
        Assert.That(OutsideProgram.Run("mkfifo", Folder.File("pipe.fits")).ExitCode, Is.Zero);
        var opened = Task.Run(() => AssertFails(Folder.File("pipe.fits"), "a pipe"), cancellation);
        Assert.That(() => opened.Wait(TimeSpan.FromSeconds(60), cancellation), Is.True, "it waits for somebody who writes");
    }

    [Test]
    public void A_name_that_is_no_UTF_8_is_said_to_be_the_trouble()
    {
        using var file = new TornName(Folder.Path);
        AssertFails(Directory.GetFiles(Folder.Path).Single(), "its name holds bytes that are no UTF-8");
    }

    [Test]
    public void A_text_file_is_no_picture_whatever_its_name()
    {
        File.WriteAllText(Folder.File("notes.jpg"), "These are my notes of the night, not a picture at all.\n");
        AssertFails(Folder.File("notes.jpg"), "not a JPEG, PNG, TIFF, FITS or camera RAW file");
    }

    [TestCase(".jpg", SampleFormat.UInt8)]
    [TestCase(".png", SampleFormat.UInt16)]
    [TestCase(".tif", SampleFormat.UInt16)]
    [TestCase(".fits", SampleFormat.UInt16)]
    [TestCase(".fits", SampleFormat.Float32)]
    public void A_torn_file_is_an_error_wherever_it_was_torn(string ending, SampleFormat format)
    {
        using var frame = MadePictures.Random(64, 64, 3, format, seed: 2);
        var whole = File.ReadAllBytes(MadePictures.Write(Folder, "whole" + ending, frame, format));
        foreach (var part in new[] { 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.94 }) // the last 5 % of a FITS file may be padding, which nobody misses
        {
            var path = Folder.File($"torn-{part}{ending}");
            File.WriteAllBytes(path, whole[..(int)(whole.Length * part)]);
            Assert.That(() => ImageFile.Read(path).Dispose(), Throws.InstanceOf<ImageException>().With.Message.Contains(path), $"{part:P0} of {whole.Length} bytes");
        }
    }

    [TestCase(".fits", "its header promises")]
    [TestCase(".tif", "torn")]
    [TestCase(".png", "do not lead to an end")]
    public void A_torn_file_is_found_before_its_pixels_are_read(string ending, string reason)
    {
        using var frame = MadePictures.Random(64, 64, 1, SampleFormat.UInt16, seed: 2);
        var path = MadePictures.Write(Folder, "a" + ending, frame, SampleFormat.UInt16);
        using (var file = File.OpenWrite(path))
            file.SetLength(file.Length * 6 / 10);
        AssertFails(path, reason);
    }

    [Test]
    public void A_damaged_PNG_is_an_error()
    {
        using var frame = MadePictures.Random(64, 64, 1, SampleFormat.UInt8, seed: 3);
        var path = MadePictures.Write(Folder, "a.png", frame, SampleFormat.UInt8);
        var bytes = File.ReadAllBytes(path);
        bytes[^200] ^= 0xFF;
        File.WriteAllBytes(path, bytes);
        Assert.That(() => ImageFile.Read(path).Dispose(), Throws.InstanceOf<ImageException>().With.Message.Contains("libpng says"));
    }

    [Test]
    public void A_file_is_opened_by_content_not_by_name()
    {
        using var frame = MadePictures.Random(9, 9, 1, SampleFormat.UInt16, seed: 3);
        var path = MadePictures.Write(Folder, "a.fits", frame, SampleFormat.UInt16);
        File.Move(path, Folder.File("a.jpg"));
        using var read = ImageFile.Read(Folder.File("a.jpg"));
        MadePictures.AssertSame(read, frame);
    }

    [TestCase("a[1].fits")]
    [TestCase("a b;c(2).fits")]
    [TestCase("m42+2.fits")]
    [TestCase("Ω★.fits")]
    [TestCase("Ω★.tif")]
    public void A_name_is_taken_literally(string name)
    {
        using var frame = MadePictures.Random(5, 4, 1, SampleFormat.UInt16, seed: 3);
        using var read = ImageFile.Read(MadePictures.Write(Folder, name, frame, SampleFormat.UInt16));
        MadePictures.AssertSame(read, frame);
    }

    [TestCase("a.fits")]
    [TestCase("a.tif")]
    [TestCase("a.png")]
    [TestCase("a.jpg")]
    public void A_writer_that_is_not_committed_leaves_nothing(string name)
    {
        using (var writer = ImageFile.Create(Folder.File(name), new FrameInfo(8, 8, 1, SampleFormat.UInt16, FrameMetadata.None)))
            writer.WriteRows(0, 0, new float[16]);
        Assert.That(Directory.GetFileSystemEntries(Folder.Path), Is.Empty);
    }

    [TestCase("a.fits")]
    [TestCase("a.tif")]
    [TestCase("a.png")]
    [TestCase("a.jpg")]
    public void An_earlier_file_stays_until_the_new_one_is_whole(string name)
    {
        File.WriteAllText(Folder.File(name), "earlier");
        using var writer = ImageFile.Create(Folder.File(name), new FrameInfo(8, 8, 1, SampleFormat.UInt8, FrameMetadata.None));
        writer.WriteRows(0, 0, new float[64]);
        Assert.That(File.ReadAllText(Folder.File(name)), Is.EqualTo("earlier"));
        writer.Commit();
        using var read = ImageFile.Read(Folder.File(name));
        Assert.That((read.Width, read.Height), Is.EqualTo((8, 8)));
    }

    [TestCase("a.bmp", "'.bmp' is no format we write")]
    [TestCase("a", "the name has no ending")]
    [TestCase("none/a.fits", "does not exist")]
    public void A_file_that_cannot_be_written_is_an_error_at_once(string name, string reason)
    {
        var info = new FrameInfo(8, 8, 1, SampleFormat.UInt8, FrameMetadata.None);
        Assert.That(() => ImageFile.Create(Folder.File(name.Split('/')), info), Throws.InstanceOf<ImageException>().With.Message.Contains(reason));
    }

    [Test]
    public void A_picture_larger_than_a_frame_is_refused()
    {
        using var frame = MadePictures.Random(8, 8, 1, SampleFormat.UInt8, seed: 1);
        var jpeg = File.ReadAllBytes(MadePictures.Write(Folder, "a.jpg", frame, SampleFormat.UInt8));
        var size = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5; // SOF0: length, precision, then height and width
        jpeg.AsSpan(size, 4).Fill(0xFD);
        File.WriteAllBytes(Folder.File("large.jpg"), jpeg);
        AssertFails(Folder.File("large.jpg"), "65021×65021 pixels");
    }

    [Test]
    public void A_full_disk_is_named_and_nothing_stays([Values(".fits", ".tif", ".png", ".jpg")] string ending)
    {
        var mount = Directory.CreateDirectory(Folder.File("small")).FullName;
        if (Run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", mount) != 0)
            Assert.Ignore("A small file system can be mounted by root only.");
        try
        {
            using var frame = MadePictures.Random(400, 400, 3, SampleFormat.UInt16, seed: 4);
            var path = Path.Combine(mount, "a" + ending);
            Assert.That(
                () => ImageFile.Write(path, frame, SampleFormat.UInt16, jpegQuality: 100), Throws.InstanceOf<ImageException>().With.Message.Contains("the disk is full"));
            Assert.That(Directory.GetFileSystemEntries(mount), Is.Empty);
        }
        finally
        {
            Assert.That(Run("umount", mount), Is.Zero);
        }
    }

    [Test]
    public void A_file_that_may_not_be_read_is_said_to_be_so()
    {
        const uint nobody = 65534;
        File.WriteAllBytes(Folder.File("a.fits"), [1]);
        File.SetUnixFileMode(Folder.File("a.fits"), UnixFileMode.None);
        File.SetUnixFileMode(Folder.Path, File.GetUnixFileMode(Folder.Path) | UnixFileMode.OtherExecute);
        var self = SetFileUser(nobody); // root may read everything; it concerns this thread alone
        try
        {
            AssertFails(Folder.File("a.fits"), "permission denied");
        }
        finally
        {
            _ = SetFileUser(self);
        }
    }

    [Test]
    public void Rows_outside_the_picture_are_refused()
    {
        using var frame = MadePictures.Random(8, 8, 1, SampleFormat.UInt8, seed: 1);
        using var reader = ImageFile.Open(MadePictures.Write(Folder, "a.tif", frame, SampleFormat.UInt8));
        Assert.That(() => reader.ReadRows(0, 7, new float[16]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => reader.ReadRows(0, 0, new float[9]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => reader.ReadRows(1, 0, new float[8]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Every_library_is_listed_with_its_package()
    {
        var found = NativeLibraries.Check();
        Assert.That(found.Select(library => library.Package), Is.EquivalentTo(new[] { "libturbojpeg0", "libpng16-16", "libtiff6", "libcfitsio10", "libraw20" }));
        Assert.That(found.Select(library => library.Soname), Has.None.Null);
    }

    [Test]
    public void A_missing_library_names_the_command_that_installs_it() =>
        Assert.That(
            () => NativeLibraries.Load("CFITSIO", ["libcfitsio.so.does-not-exist"], "libcfitsio10"),
            Throws.InstanceOf<MissingLibraryException>().With.Message.Contains("sudo apt-get install libcfitsio10"));

    // int setfsuid(uid_t fsuid): answers the user before
    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial uint SetFileUser(uint user);

    private static int Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        Assert.That(process.WaitForExit(TimeSpan.FromSeconds(10)), Is.True, $"{program} does not end");
        return process.ExitCode;
    }

    private static void AssertFails(string path, string reason) =>
        Assert.That(() => ImageFile.Open(path).Dispose(), Throws.InstanceOf<ImageException>().With.Message.Contains(reason).And.Message.Contains(path));
}
