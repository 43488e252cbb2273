using System.Globalization;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands.Submit.Batch;

/// <summary>The jobs that the lines of a batch have led to so far, for later lines to wait for.</summary>
internal sealed class EarlierJobs
{
    private readonly Dictionary<int, string> _byLine = [];
    private readonly Dictionary<string, string> _byKey = [];

    public void Add(int line, string? key, string id)
    {
        _byLine[line] = id;
        if (key is not null)
            _byKey[key] = id;
    }

    /// <summary>The id behind <c>#LINE</c> or the key of an earlier line; anything else is an id by itself.</summary>
    /// <exception cref="JobException"><c>bad_input</c>: that line has led to no job.</exception>
    public string Resolve(string word)
    {
        if (_byKey.TryGetValue(word, out var id))
            return id;
        if (!word.StartsWith('#'))
            return word;
        return int.TryParse(word.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var line) && _byLine.TryGetValue(line, out id)
            ? id
            : throw new JobException(ErrorCode.BadInput, $"No earlier line '{word}' has led to a job.", "#1 is the job of the first line, and so on.");
    }
}
