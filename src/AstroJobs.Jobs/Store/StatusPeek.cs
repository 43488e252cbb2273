using System.Text;

namespace AstroJobs.Jobs.Store;

/// <summary>
/// What a list is filtered by, read from a status.json by walking over its bytes. The JSON reader of the platform does it as well, but its
/// vector code is compiled anew in every process, which takes longer than all the rest of a poll; what this finds odd is left to that reader.
/// </summary>
/// <param name="Kind">A text as it stands in the file: in its quotes, its escapes not undone; or <c>null</c>, the word. The same holds for those that follow.</param>
internal sealed record StatusPeek(JobState State, string? Kind, string? Project, string? Group, string? Name)
{
    /// <summary>Null when this is not, plainly, the whole status.json of that job in version 1.</summary>
    public static StatusPeek? TryRead(ReadOnlySpan<byte> json, JobId job) => new Walk(json).Find(job);

    /// <summary>Whether a text of the file is this one; null when only the full reader can tell.</summary>
    public static bool? Is(string? stored, string text)
    {
        if (stored is null || stored.Contains('\\', StringComparison.Ordinal))
            return null;
        return stored.Length == text.Length + 2 && stored.AsSpan(1, text.Length).SequenceEqual(text);
    }

    private ref struct Walk(ReadOnlySpan<byte> json)
    {
        private readonly ReadOnlySpan<byte> _json = json;
        private int _position;

        public StatusPeek? Find(JobId job)
        {
            string? state = null, version = null, id = null, kind = null, project = null, group = null, name = null;
            if (!Take((byte)'{'))
                return null;
            do
            {
                if (!TryTakeText(out var key) || !Take((byte)':') || !TryTakeValue(out var value) || !IsOfItsType(key, value[0]))
                    return null;
                if (key.SequenceEqual("state"u8))
                    state = Text(value);
                else if (key.SequenceEqual("version"u8))
                    version = Text(value);
                else if (key.SequenceEqual("job_id"u8))
                    id = Text(value);
                else if (key.SequenceEqual("kind"u8))
                    kind = Text(value);
                else if (key.SequenceEqual("project"u8))
                    project = Text(value);
                else if (key.SequenceEqual("group"u8))
                    group = Text(value);
                else if (key.SequenceEqual("name"u8))
                    name = Text(value);
            }
            while (Take((byte)','));
            var isWhole = Take((byte)'}') && _position == _json.Length && version == "1" && id == $"\"{job}\"";
            return isWhole && JobStates.TryParse(state?.Trim('"')) is { } known ? new StatusPeek(known, kind, project, group, name) : null;
        }

        /// <summary>Told by the first byte: a word where a number belongs is damage, and who polls is not answered with it.</summary>
        private static bool IsOfItsType(ReadOnlySpan<byte> key, byte first)
        {
            if (key.SequenceEqual("attempt"u8) || key.SequenceEqual("priority"u8))
                return first is (>= (byte)'0' and <= (byte)'9') or (byte)'-';
            if (key.SequenceEqual("resumed"u8))
                return first is (byte)'t' or (byte)'f';
            if (key.SequenceEqual("labels"u8) || key.SequenceEqual("progress"u8) || key.SequenceEqual("worker"u8) || key.SequenceEqual("error"u8))
                return first is (byte)'{' or (byte)'n';
            if (key.SequenceEqual("created_at"u8) || key.SequenceEqual("updated_at"u8) || key.SequenceEqual("started_at"u8) || key.SequenceEqual("finished_at"u8))
                return first is (byte)'"' or (byte)'n';
            return true;
        }

        private static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value);

        private bool Take(byte expected)
        {
            if (_position >= _json.Length || _json[_position] != expected)
                return false;
            _position++;
            return true;
        }

        /// <summary>A string without its quotes, escapes as they stand.</summary>
        private bool TryTakeText(out ReadOnlySpan<byte> text)
        {
            text = default;
            if (!Take((byte)'"'))
                return false;
            for (var start = _position; _position < _json.Length && _json[_position] >= ' '; _position++)
            {
                if (_json[_position] == '\\')
                {
                    _position++;
                }
                else if (_json[_position] == '"')
                {
                    text = _json[start.._position++];
                    return true;
                }
            }
            return false;
        }

        /// <summary>A value as it is written, a string in its quotes.</summary>
        private bool TryTakeValue(out ReadOnlySpan<byte> value)
        {
            value = default;
            var start = _position;
            for (var depth = 0; _position < _json.Length; _position++)
            {
                switch (_json[_position])
                {
                    case (byte)'"':
                        if (!TryTakeText(out _))
                            return false;
                        _position--;
                        break;
                    case (byte)'{' or (byte)'[':
                        depth++;
                        break;
                    case (byte)'}' or (byte)']' when depth > 0:
                        depth--;
                        break;
                    case (byte)'}' or (byte)']' or (byte)',' when depth == 0:
                        value = _json[start.._position];
                        return value.Length > 0;
                    case < (byte)' ':
                        return false;
                }
            }
            return false;
        }
    }
}
