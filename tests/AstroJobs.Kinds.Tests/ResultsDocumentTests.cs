using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using AstroJobs.Kinds.Burst;
using AstroJobs.Kinds.Capture;
using AstroJobs.Kinds.Extract;
using AstroJobs.Kinds.Run;
using AstroJobs.Kinds.Stack;
using AstroJobs.Kinds.Timelapse;
using AstroJobs.Kinds.Video;

namespace AstroJobs.Kinds.Tests;

/// <summary>docs/results.md names every member that a result can have, in the section of its kind.</summary>
public sealed partial class ResultsDocumentTests
{
    private static IEnumerable<TestCaseData> Results() =>
    [
        Case("capture", CaptureJson.Default.CaptureResult, "capture", "burst"),
        Case("burst", BurstJson.Default.BurstResult, "burst"),
        Case("timelapse", TimelapseJson.Default.TimelapseResult, "timelapse", "burst"),
        Case("stack", StackJson.Default.StackResult, "stack"),
        Case("video", VideoJson.Default.VideoResult, "video"),
        Case("extract", ExtractJson.Default.ExtractResult, "extract"),
        Case("run", RunJson.Default.RunResult, "run"),
    ];

    [TestCaseSource(nameof(Results))]
    public void Every_member_is_documented(JsonTypeInfo result, string[] sections)
    {
        var written = sections.SelectMany(Words).ToHashSet();
        var members = Members(result).Distinct().ToList();
        Assert.That(members, Is.Not.Empty);
        Assert.That(members.Where(member => !written.Contains(member)), Is.Empty);
    }

    [Test]
    public void Every_kind_is_documented() =>
        Assert.That(JobKinds.CreateAll().Select(kind => kind.Name), Is.EquivalentTo(Results().Select(result => result.TestName!.Split(' ')[^1])));

    private static TestCaseData Case(string kind, JsonTypeInfo result, params string[] sections) => new TestCaseData(result, sections).SetName("Every_member_is_documented: " + kind);

    /// <summary>What stands between backticks in a section.</summary>
    private static IEnumerable<string> Words(string kind)
    {
        var section = Page.Split("\n## ").Single(part => part.StartsWith(kind + "\n", StringComparison.Ordinal));
        return Code().Matches(section).SelectMany(code => Word().Matches(code.Value)).Select(word => word.Value);
    }

    /// <summary>Of the type and all that it holds. Names of a dictionary's entries are data.</summary>
    private static IEnumerable<string> Members(JsonTypeInfo type, HashSet<Type>? seen = null)
    {
        seen ??= [];
        if (!seen.Add(type.Type))
            return [];
        if (type.ElementType is { } element)
            return Members(type.Options.GetTypeInfo(element), seen);
        return type.Kind == JsonTypeInfoKind.Object
            ? type.Properties.Where(property => property.Get is not null).SelectMany(property => Members(type.Options.GetTypeInfo(property.PropertyType), seen).Prepend(property.Name))
            : [];
    }

    private static string Page { get; } = File.ReadAllText(Path.Combine(Checkout(), "docs", "results.md"));

    private static string Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AstroJobs.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("The tests do not run in a checkout.");
    }

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Code();

    [GeneratedRegex("[A-Za-z0-9_]+")]
    private static partial Regex Word();
}
