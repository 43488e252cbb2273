using System.CommandLine;
using System.CommandLine.Parsing;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Options;

/// <summary>Job states, repeated or separated by commas. Written out, since <c>status</c> has it: a choice option finds its words by reflection.</summary>
internal static class StateOption
{
    private const string Words = "queued|processing|done|error|cancelled";

    /// <param name="words">Those that it takes, separated by bars.</param>
    public static Option<JobState[]> Create(string description, string words = Words)
    {
        var option = new Option<JobState[]>("--state")
        {
            Description = description,
            HelpName = words,
            CustomParser = result => Read(result, words.Split('|')),
        };
        option.CompletionSources.Add(_ => words.Split('|').Select(static word => new System.CommandLine.Completions.CompletionItem(word)));
        return option;
    }

    private static JobState[] Read(ArgumentResult result, string[] words)
    {
        var states = new List<JobState>();
        foreach (var token in result.Tokens)
        {
            foreach (var word in token.Value.Split(','))
            {
                if (Array.IndexOf(words, word) >= 0)
                    states.Add(JobStates.TryParse(word)!.Value);
                else
                    result.AddError($"'{word}' is not one of {string.Join(", ", words)}.");
            }
        }
        return [.. states];
    }
}
