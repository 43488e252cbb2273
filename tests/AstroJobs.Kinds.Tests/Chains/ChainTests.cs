using System.Text.Json;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Chains;
using AstroJobs.Kinds.Extract;
using AstroJobs.Kinds.Stack;
using AstroJobs.Kinds.Video;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Chains;

/// <summary>What is made when a series is over.</summary>
public sealed class ChainTests : FolderFixture
{
    [Test]
    public void A_picture_is_solved_on_the_stack_also_when_that_was_asked_for_later()
    {
        var context = new FolderJobContext(Folder.Path);
        var outcomes = Chain.Submit([Of("extract"), Of("video"), Of("stack")], 2, context);

        var made = context.Submitted.ToDictionary(job => job.Kind, job => job.Parameters);
        string Made(string kind) => outcomes.Single(outcome => outcome.Kind == kind).JobId!;
        Assert.Multiple(() =>
        {
            Assert.That(((StackParameters)made["stack"]).FromJob, Is.EqualTo(context.Id.ToString()));
            Assert.That(((VideoParameters)made["video"]).FromJob, Is.EqualTo(context.Id.ToString()));
            Assert.That(((ExtractParameters)made["extract"]).FromJob, Is.EqualTo(Made("stack")));
            Assert.That(context.Submitted.Select(job => job.CallerFolder), Is.All.EqualTo("/night"), "relative paths are the caller's");
            Assert.That(context.Submitted.Select(job => job.Key), Is.Unique, "a worker that dies here makes each once");
        });
    }

    [Test]
    public void Without_a_stack_a_picture_of_the_series_is_solved()
    {
        var context = new FolderJobContext(Folder.Path);
        Chain.Submit([Of("extract")], 1, context);
        Assert.That(((ExtractParameters)context.Submitted.Single().Parameters).FromJob, Is.EqualTo(context.Id.ToString()));
    }

    [TestCase(0, "")]
    [TestCase(1, "extract")]
    [TestCase(2, "stack video extract")]
    public void What_has_too_few_frames_is_not_made_and_says_why(int frames, string made)
    {
        var context = new FolderJobContext(Folder.Path);
        var alone = new FolderJobContext(Folder.Path);
        var outcomes = Chain.Submit([Of("stack"), Of("video")], frames, context).Concat(Chain.Submit([Of("extract")], frames, alone)).ToArray();
        Assert.That(context.Submitted.Concat(alone.Submitted).Select(job => job.Kind), Is.EqualTo(made.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(outcomes.Where(outcome => outcome.JobId is null).Select(outcome => outcome.Note), Is.All.Contains($"{frames} frame(s) came"));
    }

    [Test]
    public void Where_the_stack_is_not_made_nothing_is_solved()
    {
        var context = new FolderJobContext(Folder.Path);
        var outcomes = Chain.Submit([Of("stack"), Of("extract")], 1, context);
        Assert.That(context.Submitted, Is.Empty);
        Assert.That(outcomes[1].Note, Is.EqualTo("There is no stack."));
    }

    [Test]
    public void A_stack_that_follows_cannot_be_live()
    {
        Assert.That(() => Chain.Prepare([Stack(new() { Live = true })], new CallerContext(Folder.Path)), Throws.TypeOf<JobException>().With.Message.Contains("cannot be live"));
        Assert.That(Chain.Prepare([Stack(new())], new CallerContext(Folder.Path)).Single().CallerFolder, Is.EqualTo(Folder.Path));
    }

    [Test]
    public void A_rehearsal_leaves_nothing_behind()
    {
        string written;
        using (var rehearsal = new Rehearsal(new CallerContext(Folder.Path)))
            File.WriteAllText(Path.Combine(written = rehearsal.InputFolder, "manifest.json"), "{}");
        Assert.That(Directory.Exists(written), Is.False);
    }

    private static Follower Of(string kind) => new(kind, new RawJson("{}"u8.ToArray()), "/night");

    private static Follower Stack(StackParameters parameters) => new("stack", new RawJson(JsonSerializer.SerializeToUtf8Bytes(parameters, StackJson.Default.StackParameters)));
}
