using System.Globalization;
using System.Text;

namespace AstroJobs.Jobs.Store;

/// <summary>
/// Writes one JSON object member by member. For the files that every submit writes: the platform's writer sets up its encoder and type
/// data anew in every process, which takes longer than all the rest of a submit.
/// </summary>
public sealed class JsonText
{
    private readonly StringBuilder _text = new("{", 1024);

    /// <summary>The whole object, in UTF-8. Call it once, last.</summary>
    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(_text.Append('}').ToString());

    /// <summary>The whole object on a line of its own.</summary>
    public byte[] ToLine() => Encoding.UTF8.GetBytes(_text.Append("}\n").ToString());

    /// <param name="name">Snake case, without anything to escape.</param>
    public JsonText Add(string name, string? value)
    {
        Begin(name);
        AppendValue(value);
        return this;
    }

    /// <inheritdoc cref="Add(string, string?)"/>
    public JsonText Add(string name, long? value)
    {
        Begin(name);
        if (value is { } number)
            _text.Append(number.ToString(CultureInfo.InvariantCulture));
        else
            _text.Append("null");
        return this;
    }

    /// <inheritdoc cref="Add(string, string?)"/>
    public JsonText Add(string name, double? value)
    {
        Begin(name);
        if (value is { } number)
            _text.Append(number.ToString("R", CultureInfo.InvariantCulture));
        else
            _text.Append("null");
        return this;
    }

    /// <inheritdoc cref="Add(string, string?)"/>
    public JsonText Add(string name, bool value)
    {
        Begin(name);
        _text.Append(value ? "true" : "false");
        return this;
    }

    /// <summary>A duration in seconds.</summary>
    public JsonText Add(string name, TimeSpan? value) => Add(name, value?.TotalSeconds);

    /// <summary>A time in UTC with milliseconds.</summary>
    public JsonText Add(string name, DateTimeOffset? value) => Add(name, value is { } time ? UtcTime.Text(time) : null);

    /// <inheritdoc cref="Add(string, string?)"/>
    public JsonText Add(string name, IReadOnlyList<string>? values)
    {
        if (values is null)
            return Add(name, (string?)null);
        Begin(name);
        _text.Append('[');
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
                _text.Append(',');
            AppendValue(values[i]);
        }
        _text.Append(']');
        return this;
    }

    /// <inheritdoc cref="Add(string, string?)"/>
    public JsonText Add(string name, IReadOnlyDictionary<string, string> values)
    {
        Begin(name);
        _text.Append('{');
        if (values.Count > 0)
            AppendMembers(values);
        _text.Append('}');
        return this;
    }

    /// <summary>An object within this one.</summary>
    /// <param name="members">Adds its members; null for the value null.</param>
    public JsonText Add(string name, Action<JsonText>? members)
    {
        if (members is null)
            return Add(name, (string?)null);
        Begin(name);
        _text.Append('{');
        members(this);
        _text.Append('}');
        return this;
    }

    /// <param name="json">A whole JSON value.</param>
    public JsonText AddRaw(string name, ReadOnlySpan<byte> json)
    {
        Begin(name);
        _text.Append(Encoding.UTF8.GetString(json));
        return this;
    }

    private void AppendMembers(IReadOnlyDictionary<string, string> values)
    {
        var separator = "";
        foreach (var (key, value) in values)
        {
            _text.Append(separator);
            AppendValue(key);
            _text.Append(':');
            AppendValue(value);
            separator = ",";
        }
    }

    private void Begin(string name)
    {
        if (_text[^1] != '{')
            _text.Append(',');
        _text.Append('"').Append(name).Append("\":");
    }

    /// <summary>Escapes what RFC 8259 §7 says must be, and what would end a line of a careless reader (U+2028, U+2029, DEL).</summary>
    private void AppendValue(string? value)
    {
        if (value is null)
        {
            _text.Append("null");
            return;
        }
        _text.Append('"');
        foreach (var character in value)
        {
            if (character is '"' or '\\')
                _text.Append('\\').Append(character);
            else if (character is < ' ' or '\u007F' or '\u2028' or '\u2029')
                AppendEscape(character);
            else
                _text.Append(character);
        }
        _text.Append('"');
    }

    private void AppendEscape(char character)
    {
        const string digits = "0123456789abcdef";
        _text.Append("\\u");
        for (var shift = 12; shift >= 0; shift -= 4)
            _text.Append(digits[(character >> shift) & 0xF]);
    }
}
