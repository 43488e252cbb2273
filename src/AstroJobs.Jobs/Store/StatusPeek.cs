using System.Text;

namespace AstroJobs.Jobs.Store;

/// <summary>
/// Reads one word of a status.json by walking over its bytes. The JSON reader of the platform does it as well, but its vector code is
/// compiled anew in every process, which takes longer than all the rest of a poll; what this finds odd is left to that reader.
/// </summary>
internal ref struct StatusPeek
{
    private readonly ReadOnlySpan<byte> _json;
    private int _position;

    private StatusPeek(ReadOnlySpan<byte> json) => _json = json;

    /// <summary>The state; null when this is not, plainly, the whole status.json of that job in version 1.</summary>
    public static JobState? State(ReadOnlySpan<byte> json, JobId job)
    {
        var walk = new StatusPeek(json);
        return walk.Find(job);
    }

    private JobState? Find(JobId job)
    {
        string? state = null, version = null, id = null;
        if (!Take((byte)'{'))
            return null;
        do
        {
            if (TakeText() is not { } key || !Take((byte)':') || TakeValue() is not { } value)
                return null;
            switch (key)
            {
                case "state":
                    state = value;
                    break;
                case "version":
                    version = value;
                    break;
                case "job_id":
                    id = value;
                    break;
            }
        }
        while (Take((byte)','));
        var isWhole = Take((byte)'}') && _position == _json.Length;
        return isWhole && version == "1" && id == $"\"{job}\"" ? JobStateConverter.TryParse(state?.Trim('"')) : null;
    }

    private bool Take(byte expected)
    {
        if (_position >= _json.Length || _json[_position] != expected)
            return false;
        _position++;
        return true;
    }

    /// <summary>A string without its quotes, escapes as they stand; null when there is none here.</summary>
    private string? TakeText()
    {
        if (!Take((byte)'"'))
            return null;
        for (var start = _position; _position < _json.Length && _json[_position] >= ' '; _position++)
        {
            if (_json[_position] == '\\')
                _position++;
            else if (_json[_position] == '"')
                return Encoding.UTF8.GetString(_json[start.._position++]);
        }
        return null;
    }

    /// <summary>A value as it is written, a string in its quotes; null when none is whole here.</summary>
    private string? TakeValue()
    {
        var start = _position;
        for (var depth = 0; _position < _json.Length; _position++)
        {
            switch (_json[_position])
            {
                case (byte)'"':
                    if (TakeText() is null)
                        return null;
                    _position--;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when depth > 0:
                    depth--;
                    break;
                case (byte)'}' or (byte)']' or (byte)',' when depth == 0:
                    return _position > start ? Encoding.UTF8.GetString(_json[start.._position]) : null;
                case < (byte)' ':
                    return null;
            }
        }
        return null;
    }
}
