using System.Text.Json;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Stack;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Stack;

/// <summary>Which files a stack works with.</summary>
public sealed class StackInputTests : StackFixture
{
    [Test]
    public void A_reference_is_a_number_a_file_or_a_name_of_an_input()
    {
        SaveFrames(3);
        var path = Folder.File("night", "f1.fits");
        foreach (var said in new[] { "2", "f1.fits", "night/f1.fits", path })
            Assert.That(Prepare(new StackParameters { Images = ["night"], Reference = said }).Reference, Is.EqualTo(path), said);
        Assert.That(Prepare(new StackParameters { Images = ["night"] }).Reference, Is.EqualTo("auto"));
        foreach (var said in new[] { "0", "4", "f7.fits" })
            Assert.That(() => Prepare(new StackParameters { Images = ["night"], Reference = said }), IsRefused, said);
    }

    [Test, CancelAfter(30_000)]
    public async Task The_frames_that_a_burst_lists_are_stacked(CancellationToken cancellation)
    {
        SaveFrames(3);
        File.WriteAllText(Folder.File("night", "result.json"), """{"files":[{"frame":1,"file":"f1.fits"},{"frame":3,"file":"f2.fits"}]}""");
        var burst = JobId.New(TimeProvider.System);
        var submit = new CallerContext(Folder.Path);
        var parameters = new StackKind().Prepare(new StackParameters { FromJob = burst.ToString() }, submit);
        var context = new FolderJobContext(Folder.File("job"), cancellation: cancellation) { Outputs = new Dictionary<JobId, string> { [burst] = Folder.File("night") } };
        await RunAsync(parameters, context);
        Assert.That(submit.WaitedFor, Is.EqualTo(new[] { burst }));
        Assert.That(
            context.ReadResult().GetProperty("frames").EnumerateArray().Select(frame => Path.GetFileName(frame.GetProperty("path").GetString())),
            Is.EqualTo(new[] { "f1.fits", "f2.fits" }));
    }

    [Test, CancelAfter(30_000)]
    public async Task Products_of_an_earlier_stack_in_the_folder_are_left_out(CancellationToken cancellation)
    {
        SaveFrames(3);
        var context = new FolderJobContext(Folder.File("job"), cancellation: cancellation);
        await RunAsync(Prepare(new StackParameters { Images = ["night"] }), context);
        foreach (var product in new[] { "stack.fits", "preview.jpg" })
            File.Copy(Path.Combine(context.OutputFolder, product), Folder.File("night", product));
        await RunAsync(Prepare(new StackParameters { Images = ["night"] }), context);
        var leftOut = context.ReadResult().GetProperty("left_out").EnumerateArray().ToArray();
        Assert.That(leftOut.Select(frame => Path.GetFileName(frame.GetProperty("path").GetString())), Is.EqualTo(new[] { "preview.jpg", "stack.fits" }));
        Assert.That(leftOut.Select(frame => frame.GetProperty("reason").GetString()), Is.All.StartsWith("a stack made by this program"));
    }

    [Test]
    public void Submit_lists_the_files_it_refers_to()
    {
        SaveFrames(3);
        File.WriteAllText(Folder.File("list.txt"), "# tonight\nnight/f2.fits\n\nnight/*.fits\n");
        var submit = new CallerContext(Folder.Path);
        var parameters = new StackKind().Prepare(new StackParameters { ListFile = "list.txt" }, submit);
        Assert.That(parameters.Frames.Select(frame => Path.GetFileName(frame.Path)), Is.EqualTo(new[] { "f2.fits", "f0.fits", "f1.fits" }));
        Assert.That(parameters.Frames.Select(frame => frame.Named), Is.EqualTo(new[] { true, false, false }));
        Assert.That(parameters.ListFile, Is.EqualTo(Folder.File("list.txt")));
        var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(submit.InputFolder, "manifest.json"))).RootElement;
        Assert.That(manifest.GetProperty("version").GetInt32(), Is.EqualTo(1));
        var file = manifest.GetProperty("files")[1];
        Assert.That(file.GetProperty("path").GetString(), Is.EqualTo(Folder.File("night", "f0.fits")));
        Assert.That(file.GetProperty("size_bytes").GetInt64(), Is.EqualTo(new FileInfo(Folder.File("night", "f0.fits")).Length));
        Assert.That(file.GetProperty("modified_at").GetString(), Does.EndWith("Z"));
    }

    [Test]
    public void A_link_is_listed_with_the_size_and_the_time_of_what_it_leads_to()
    {
        SaveFrames(2);
        var frame = new FileInfo(Folder.File("night", "f0.fits")) { LastWriteTimeUtc = new DateTime(2026, 11, 20, 1, 2, 3, DateTimeKind.Utc) };
        File.CreateSymbolicLink(Folder.File("night", "link.fits"), frame.FullName);
        var submit = new CallerContext(Folder.Path);
        new StackKind().Prepare(new StackParameters { Images = ["night/link.fits", "night/f1.fits"] }, submit);
        var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(submit.InputFolder, "manifest.json"))).RootElement.GetProperty("files")[0];
        Assert.That(file.GetProperty("path").GetString(), Is.EqualTo(Folder.File("night", "link.fits")));
        Assert.That(file.GetProperty("size_bytes").GetInt64(), Is.EqualTo(frame.Length));
        Assert.That(file.GetProperty("modified_at").GetDateTimeOffset(), Is.EqualTo(new DateTimeOffset(frame.LastWriteTimeUtc)));
    }

    [Test]
    public void Under_two_pictures_are_refused_at_submit()
    {
        SaveFrames(1);
        Assert.That(() => Prepare(new StackParameters()), IsRefused);
        Assert.That(
            () => Prepare(new StackParameters { Images = ["night/f0.fits", "night"] }),
            IsRefused.And.Message.Contains("only one"));
    }

    [Test, CancelAfter(30_000)]
    public void Under_two_usable_frames_the_input_is_bad(CancellationToken cancellation)
    {
        SaveFrames(1);
        File.WriteAllText(Folder.File("night", "torn.fits"), "not a picture");
        Assert.That(
            () => RunAsync(Prepare(new StackParameters { Images = ["night"] }), new FolderJobContext(Folder.File("job"), cancellation: cancellation)),
            IsRefused.And.Message.Contains("torn.fits"));
    }
}
