using System.Text;
using System.Text.Json.Nodes;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Burst;
using AstroJobs.Kinds.Capture;
using AstroJobs.Kinds.Extract;
using AstroJobs.Kinds.Run;
using AstroJobs.Kinds.Stack;
using AstroJobs.Kinds.Timelapse;
using AstroJobs.Kinds.Video;

namespace AstroJobs.Kinds.Tests;

/// <summary>What kinds make of the parameters in a job.json that they did not write themselves, or wrote when they knew fewer.</summary>
public sealed class ToldParametersTests
{
    private static readonly TestCaseData[] Kinds =
    [
        Of(new BurstKind(), new BurstParameters()),
        Of(new CaptureKind(), new CaptureParameters()),
        Of(new ExtractKind(), new ExtractParameters()),
        Of(new StackKind(), new StackParameters()),
        Of(new TimelapseKind(), new TimelapseParameters()),
        Of(new VideoKind(), new VideoParameters()),
        Of(new RunKind(), new RunParameters { Program = "true" }, "program"),
    ];

    [TestCaseSource(nameof(Kinds))]
    public void What_is_not_told_has_its_default(Func<string, string> read, JsonObject usual, string required)
    {
        var told = new JsonObject(usual.Where(member => member.Key == required).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        Assert.That(read(told.ToJsonString()), Is.EqualTo(usual.ToJsonString()));
    }

    [TestCaseSource(nameof(Kinds))]
    public void What_is_told_as_nothing_has_its_default(Func<string, string> read, JsonObject usual, string required)
    {
        var told = new JsonObject(usual.Select(member => KeyValuePair.Create(member.Key, member.Key == required ? member.Value?.DeepClone() : null)));
        Assert.That(read(told.ToJsonString()), Is.EqualTo(usual.ToJsonString()));
    }

    [TestCase("""{"program":"true","arguments":[]}""", "", TestName = "{m}_whole")]
    [TestCase("""{"arguments":[]}""", "'program' is missing", TestName = "{m}_missing")]
    [TestCase("""{"program":null}""", "'program' is missing", TestName = "{m}_null")]
    [TestCase("""{"program":"true","arguments":7}""", "'arguments' has a value that cannot be understood", TestName = "{m}_wrong")]
    [TestCase("""{"program":"true","arguments":[7]}""", "'arguments[0]' has a value that cannot be understood", TestName = "{m}_wrong_within")]
    [TestCase("[]", "they are no JSON object", TestName = "{m}_list")]
    [TestCase("""{"program":""", "of this run cannot be read", TestName = "{m}_torn")]
    public void What_cannot_be_used_is_named(string told, string why)
    {
        var kind = new RunKind();
        if (why.Length == 0)
            Assert.That(kind.Deserialize(Raw(told)).Program, Is.EqualTo("true"));
        else
            Assert.That(() => kind.Deserialize(Raw(told)), Throws.TypeOf<JobException>().With.Message.Contains(why).And.Property("Code").EqualTo(ErrorCode.Corrupt));
    }

    [Test]
    public void A_word_that_is_no_choice_is_named() =>
        Assert.That(() => new StackKind().Deserialize(Raw("""{"mode":"meen"}""")), Throws.TypeOf<JobException>().With.Message.Contains("'mode'"));

    private static RawJson Raw(string json) => new(Encoding.UTF8.GetBytes(json));

    private static TestCaseData Of<TParameters>(JobKind<TParameters> kind, TParameters usual, string required = "")
        where TParameters : class
    {
        string Write(TParameters parameters) => Encoding.UTF8.GetString(kind.Serialize(parameters));
        return new TestCaseData((Func<string, string>)(json => Write(kind.Deserialize(Raw(json)))), JsonNode.Parse(Write(usual))!.AsObject(), required).SetArgDisplayNames(kind.Name);
    }
}
