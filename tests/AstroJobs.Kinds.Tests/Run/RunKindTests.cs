using System.Text;
using System.Text.Json;
using AstroJobs.Kinds.Run;

namespace AstroJobs.Kinds.Tests.Run;

public sealed class RunKindTests
{
    [TestCase("/bin/true", null, "cpu")]
    [TestCase("/opt/a b/ü\"\n", "/tmp/'", "camera:x")]
    public void Parameters_written_by_hand_are_what_the_serializer_would_write(string program, string? folder, string slot)
    {
        var parameters = new RunParameters { Program = program, Arguments = ["-c", "", "é \\ \t"], WorkingFolder = folder, Slot = slot };
        var written = new RunKind().Serialize(parameters);
        Assert.That(JsonElement.DeepEquals(JsonDocument.Parse(written).RootElement, JsonSerializer.SerializeToElement(parameters, RunJson.Default.RunParameters)), Encoding.UTF8.GetString(written));
    }
}
