using System.Text;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Tests.Store;

public sealed class StatusPeekTests
{
    private const string Id = "0193b0a1c2d37e4f8a9b0c1d2e3f4a51";

    [TestCase("""{"version":1,"job_id":"ID","state":"done"}""", "done")]
    [TestCase("""{"job_id":"ID","state":"queued","error":{"state":"x","code":[1,{}]},"version":1}""", "queued", Description = "only the outermost word counts")]
    [TestCase("""{"version":1,"job_id":"ID","labels":{"a":"}","b":"\\\""},"state":"done"}""", "done", Description = "braces and quotes in text")]
    [TestCase("""  {"version":1,"job_id":"ID","state":"done"}  """, null, Description = "not as we write it: left to the full reader")]
    [TestCase("""{"version":1,"job_id":"ID","state":"asleep"}""", null)]
    [TestCase("""{"version":1,"job_id":"ID","state":"done\""", null, Description = "torn in an escape")]
    [TestCase("""{"version":2,"job_id":"ID","state":"done"}""", null, Description = "a newer program's file")]
    [TestCase("""{"version":"1","job_id":"ID","state":"done"}""", null)]
    [TestCase("""{"job_id":"ID","state":"done"}""", null)]
    [TestCase("""{"version":1,"job_id":"ID","state":7}""", null)]
    [TestCase("""{"version":1,"job_id":"ID","state":"done" """, null, Description = "torn")]
    [TestCase("""{"version":1,"job_id":"ID","state":"done"}{}""", null)]
    [TestCase("""{"version":1,"state":"done"}""", null)]
    [TestCase("""{"version":1,"job_id":"0193b0a1c2d37e4f8a9b0c1d2e3f4a52","state":"done"}""", null, Description = "another job's")]
    [TestCase("""{"version":1,"job_id":"ID","state":"done","attempt":"one"}""", null, Description = "a word for a number")]
    [TestCase("""{"version":1,"job_id":"ID","state":"done","attempt":2,"resumed":true,"priority":-1,"labels":{},"worker":null}""", "done")]
    [TestCase("""{"version":1,"job_id":"ID","state":"done","error":"it failed"}""", null)]
    [TestCase("""{"version":1,"job_id":"ID","state":"done","finished_at":1700000000}""", null)]
    [TestCase("[]", null)]
    [TestCase("", null)]
    [TestCase("\0\0\0\0", null, Description = "what a power cut leaves")]
    [TestCase("hello", null)]
    public void The_state_is_read_from_a_whole_status_of_this_version_alone(string json, string? state) =>
        Assert.That(StatusPeek.TryRead(Encoding.UTF8.GetBytes(json.Replace("ID", Id, StringComparison.Ordinal)), JobId.Parse(Id))?.State, Is.EqualTo(state is null ? null : JobStates.TryParse(state)));

    [TestCase("\"m42\"", "m42", true)]
    [TestCase("\"m42\"", "m4", false)]
    [TestCase("null", "m42", false)]
    [TestCase("\"\"", "", true)]
    [TestCase("\"\\u263E\"", "☾", null, Description = "escaped: left to the full reader")]
    [TestCase(null, "m42", null, Description = "not there")]
    public void A_text_of_the_file_is_compared_as_it_stands(string? stored, string text, bool? isSame) =>
        Assert.That(StatusPeek.Is(stored, text), Is.EqualTo(isSame));
}
