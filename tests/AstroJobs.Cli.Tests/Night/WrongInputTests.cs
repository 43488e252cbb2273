using System.Text;
using System.Text.Json;
using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;

namespace AstroJobs.Cli.Tests.Night;

/// <summary>What is refused at once leaves nothing behind; a bad frame among good ones is named and left out.</summary>
public sealed class WrongInputTests : ObservatoryFixture
{
    [TestCase("FOLDER/missing.fits", "image_not_found")]
    [TestCase("FOLDER/one.fits;FOLDER/missing.fits", "image_not_found")]
    [TestCase("FOLDER/*.png", "image_not_found")]
    [TestCase("FOLDER/empty", "image_not_found")]
    [TestCase("FOLDER/one.fits", "bad_input")]
    [TestCase("FOLDER/one.fits;FOLDER/one.fits", "bad_input", Description = "the same twice is one")]
    [TestCase("", "bad_input")]
    [TestCase("--list;FOLDER/missing.txt", "image_not_found")]
    [TestCase("FOLDER;--output-name;../x.fits", "bad_input")]
    [TestCase("FOLDER;--output-name;x.gif", "bad_input")]
    [TestCase("FOLDER;--mode;average", "usage")]
    [TestCase("FOLDER;--memory;lots", "usage")]
    public void A_stack_that_cannot_be_is_refused_and_leaves_nothing(string arguments, string code)
    {
        var folder = Directory.CreateDirectory(Observatory.Store.Beside("folder")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        foreach (var name in (string[])["one.fits", "two.fits"])
            File.WriteAllText(Path.Combine(folder, name), "");

        var said = Observatory.Store.Run(["submit", "stack", .. arguments.Replace("FOLDER", folder, StringComparison.Ordinal).Split(';', StringSplitOptions.RemoveEmptyEntries)]);

        said.MustFail(2, code);
        AssertNothingIsLeft();
    }

    [TestCase("bad_input", "--count", "0")]
    [TestCase("bad_input", "--dec", "100")]
    [TestCase("bad_input", "--fov", "0")]
    [TestCase("bad_input", "--format", "cr2")]
    [TestCase("bad_input", "--prefix", "../frame")]
    [TestCase("bad_input", "--size", "1x1")]
    [TestCase("usage", "--count", "many")]
    [TestCase("usage", "--color", "sepia")]
    [TestCase("usage", "--exposure", "-1")]
    public void A_burst_that_cannot_be_is_refused_and_leaves_nothing(string code, string option, string value)
    {
        Observatory.Store.Run("submit", "burst", option, value).MustFail(2, code);
        AssertNothingIsLeft();
    }

    [Test]
    public void An_unknown_word_is_answered_with_the_words_there_are()
    {
        var message = Observatory.Store.Run("submit", "stack", "a.fits", "--mode", "average").Json.GetProperty("error").GetProperty("message").GetString();
        Assert.That(message, Does.Contain("average").And.Contain("mean").And.Contain("median").And.Contain("max").And.Contain("min").And.Contain("sum"));
    }

    [Test]
    public void Bad_frames_among_good_ones_are_left_out_each_with_its_reason()
    {
        var folder = Observatory.Store.Beside("lights");
        Directory.CreateDirectory(folder);
        foreach (var frame in Directory.GetFiles(Observatory.Frames(3), "*.fits"))
            File.Copy(frame, Path.Combine(folder, Path.GetFileName(frame)));
        var bad = MakeBadFrames(folder);

        var stack = Observatory.Stack(folder);

        var result = Observatory.Result(stack);
        Assert.That(result.GetProperty("used").GetInt32(), Is.EqualTo(3));
        Assert.That(result.GetProperty("requested").GetInt32(), Is.EqualTo(3 + bad.Count));
        var leftOut = result.GetProperty("left_out").EnumerateArray().ToDictionary(static frame => Path.GetFileName(frame.GetProperty("path").GetString()!), static frame => frame.GetProperty("reason").GetString()!);
        Assert.That(leftOut.Keys, Is.EquivalentTo(bad.Keys));
        Assert.Multiple(() =>
        {
            foreach (var (name, reason) in bad)
                Assert.That(leftOut[name], Does.Match(reason), name);
        });
        Assert.That(Observatory.Store.Run("log", stack, "--output", "text").Output, Does.Contain("words.jpg"));
    }

    [Test]
    public void Bad_frames_alone_are_an_error_of_the_job_that_says_why()
    {
        var folder = Directory.CreateDirectory(Observatory.Store.Beside("lights")).FullName;
        var bad = MakeBadFrames(folder);
        foreach (var readable in (string[])["dot.png", "black.png"]) // they could be used, were there others
        {
            File.Delete(Path.Combine(folder, readable));
            bad.Remove(readable);
        }
        var stack = Observatory.Submit("submit", "stack", folder);

        var said = Observatory.Store.Wait(stack);

        Assert.That((said.ExitCode, said.State, said.ErrorCode), Is.EqualTo((1, "error", "bad_input")));
        Assert.That(Error(said, "message"), Does.Contain($"0 of {bad.Count} frames"));
        Assert.That(Error(said, "hint"), Does.Contain("task.log"));
        var log = File.ReadAllText(Path.Combine(Observatory.Store.Folder(stack), "task.log"));
        foreach (var name in bad.Keys)
            Assert.That(log, Does.Contain($"Left out {Path.Combine(folder, name)}: "));
        Assert.That(Directory.EnumerateFileSystemEntries(Observatory.Output(stack)), Is.Empty);
    }

    /// <returns>For each file made what its reason must say.</returns>
    private Dictionary<string, string> MakeBadFrames(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "words.jpg"), "This is no picture.\n");
        File.WriteAllText(Path.Combine(folder, "empty.fits"), "");
        Truncate("frame-0001.fits", "torn.fits", Observatory.Frames(1), 0.6);
        Truncate("frame-0001.jpg", "torn.jpg", Observatory.Frames(1, "--format", "jpg"), 0.6);
        Truncate("frame-0001.png", "torn.png", Observatory.Frames(1, "--format", "png"), 0.6);
        File.WriteAllBytes(Path.Combine(folder, "header.fits"), Encoding.ASCII.GetBytes("SIMPLE  =                    T".PadRight(80)));
        File.CreateSymbolicLink(Path.Combine(folder, "nowhere.fits"), Path.Combine(folder, "gone", "away.fits"));
        File.CreateSymbolicLink(Path.Combine(folder, "loop.fits"), "loop.fits");
        using var black = new Frame(320, 240, 1);
        ImageFile.Write(Path.Combine(folder, "black.png"), black, SampleFormat.UInt16);
        using var dot = new Frame(1, 1, 1);
        ImageFile.Write(Path.Combine(folder, "dot.png"), dot, SampleFormat.UInt16);
        return new Dictionary<string, string>
        {
            ["words.jpg"] = "not a JPEG, PNG, TIFF, FITS or camera RAW file",
            ["empty.fits"] = "empty",
            ["nowhere.fits"] = "no such file",
            ["loop.fits"] = "loop.fits",
            ["torn.fits"] = "torn.fits",
            ["torn.jpg"] = "torn.jpg",
            ["torn.png"] = "torn.png",
            ["header.fits"] = "header.fits",
            ["dot.png"] = "nothing on it: its pixels are all at 0 %",
            ["black.png"] = "nothing on it: its pixels are all at 0 %",
        };

        void Truncate(string name, string torn, string from, double share)
        {
            var bytes = File.ReadAllBytes(Path.Combine(from, name));
            File.WriteAllBytes(Path.Combine(folder, torn), bytes[..(int)(bytes.Length * share)]);
        }
    }

    private void AssertNothingIsLeft()
    {
        Assert.That(Observatory.Jobs(), Is.Empty);
        Assert.That(Observatory.Unfinished(), Is.Empty);
    }

    private static string Error(Said said, string member) => said.Json.GetProperty("error").GetProperty(member).GetString()!;
}
