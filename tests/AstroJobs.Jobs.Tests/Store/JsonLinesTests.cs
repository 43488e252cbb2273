using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Store;

public sealed class JsonLinesTests : FolderFixture
{
    private JsonLines<string> _lines = null!;

    private string Path => Folder.File("lines.jsonl");

    [SetUp]
    public void SetUp()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        _lines = new JsonLines<string>(Path, (JsonTypeInfo<string>)options.GetTypeInfo(typeof(string)));
    }

    [Test]
    public void What_was_appended_is_read_in_its_order()
    {
        Assert.That(_lines.Read(), Is.Empty);
        _lines.Append(["one", "two"], durable: false);
        _lines.Append(["three"], durable: true);
        Assert.That(_lines.Read(), Is.EqualTo(new[] { "one", "two", "three" }));
    }

    [Test]
    public void A_beginning_replaces_what_was_there()
    {
        _lines.Append(["old"], durable: false);
        _lines.Begin(["new"]);
        Assert.That(_lines.Read(), Is.EqualTo(new[] { "new" }));
    }

    [TestCase("\"to")]
    [TestCase("{\"later\": 1}")]
    public void A_torn_or_strange_last_line_costs_neither_those_before_nor_the_next(string last)
    {
        _lines.Append(["one"], durable: false);
        File.AppendAllText(Path, last);
        _lines.Append(["two"], durable: false);
        Assert.That(_lines.Read(), Is.EqualTo(new[] { "one", "two" }));
    }
}
