using System.Text.Json;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Kinds.Stack;

namespace AstroJobs.Kinds.Tests.Stack;

/// <summary>Its place among the kinds.</summary>
public sealed class StackKindTests : StackFixture
{
    [Test]
    public void Parameters_survive_the_way_through_job_json()
    {
        SaveFrames(2);
        var parameters = Prepare(new StackParameters { Images = ["night"], Mode = StackMode.Median, Align = StackAlignment.None, MemoryBytes = 1 << 30 });
        var json = JsonSerializer.SerializeToElement(parameters, StackJson.Default.StackParameters);
        Assert.That(json.GetProperty("mode").GetString(), Is.EqualTo("median"));
        Assert.That(json.GetProperty("align").GetString(), Is.EqualTo("none"));
        Assert.That(json.GetProperty("output_name").GetString(), Is.EqualTo("stack.fits"));
        Assert.That(JsonSerializer.Serialize(json.Deserialize(StackJson.Default.StackParameters)!, StackJson.Default.StackParameters), Is.EqualTo(json.GetRawText()));
    }

    [Test]
    public void It_takes_the_cores_for_itself() => Assert.That(new StackKind().SlotsFor(new StackParameters()), Is.EqualTo(new[] { "cpu" }));

    [Test]
    public void It_is_in_the_list_of_kinds() => Assert.That(JobKinds.CreateAll(), Has.Some.InstanceOf<StackKind>());
}
