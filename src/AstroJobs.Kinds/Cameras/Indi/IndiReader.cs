using System.Globalization;
using System.Xml;

namespace AstroJobs.Kinds.Cameras.Indi;

/// <summary>
/// Reads what an INDI server sends: one XML element after the other, without an end. A picture goes to a file as it comes.
/// Never reads beyond the end of an element: what follows may not come for an hour.
/// </summary>
internal sealed class IndiReader(Stream stream, string blobFile) : IDisposable
{
    private const int BlobBlock = 1 << 16;

    private readonly XmlReader _xml = XmlReader.Create(stream, new XmlReaderSettings { Async = true, ConformanceLevel = ConformanceLevel.Fragment, IgnoreWhitespace = true, IgnoreComments = true });

    /// <summary>The next element; null at the end of the stream.</summary>
    /// <exception cref="XmlException">What comes is not INDI's XML.</exception>
    public async Task<IndiMessage?> ReadAsync()
    {
        while (await _xml.ReadAsync().ConfigureAwait(false))
            if (_xml.NodeType == XmlNodeType.Element)
                return await ReadMessageAsync().ConfigureAwait(false);
        return null;
    }

    public void Dispose() => _xml.Dispose();

    private async Task<IndiMessage> ReadMessageAsync()
    {
        var (tag, depth, isEmpty) = (_xml.Name, _xml.Depth, _xml.IsEmptyElement);
        var message = new IndiMessage(tag, _xml.GetAttribute("device") ?? "", _xml.GetAttribute("name") ?? "", _xml.GetAttribute("state"), _xml.GetAttribute("message"));
        var elements = new Dictionary<string, IndiElement>();
        string? blobFormat = null;
        while (!isEmpty && await _xml.ReadAsync().ConfigureAwait(false) && _xml.Depth > depth)
        {
            if (_xml.NodeType != XmlNodeType.Element)
                continue;
            if (tag == "setBLOBVector")
                blobFormat = await ReadBlobAsync().ConfigureAwait(false);
            else if (await ReadElementAsync().ConfigureAwait(false) is { } element)
                elements[element.Name] = element;
        }
        return message with { Elements = elements, BlobFormat = blobFormat };
    }

    private async Task<IndiElement?> ReadElementAsync()
    {
        var (name, label, least, most) = (_xml.GetAttribute("name"), _xml.GetAttribute("label"), Bound("min"), Bound("max"));
        var value = "";
        if (!_xml.IsEmptyElement)
        {
            var depth = _xml.Depth;
            while (await _xml.ReadAsync().ConfigureAwait(false) && _xml.Depth > depth)
                value += _xml.Value;
        }
        return name is null ? null : new IndiElement(name, label ?? name, value.Trim(), least, most);
    }

    private double Bound(string attribute) => double.TryParse(_xml.GetAttribute(attribute), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <returns>Its format: <c>.fits</c>, with <c>.z</c> behind it where it is compressed; null for an empty one.</returns>
    private async Task<string?> ReadBlobAsync()
    {
        var format = _xml.GetAttribute("format");
        if (_xml.IsEmptyElement || !await _xml.ReadAsync().ConfigureAwait(false) || _xml.NodeType != XmlNodeType.Text)
            return null;
        using var file = new FileStream(blobFile, FileMode.Create, FileAccess.Write);
        var buffer = new byte[BlobBlock];
        int count;
        while ((count = await _xml.ReadContentAsBase64Async(buffer, 0, buffer.Length).ConfigureAwait(false)) > 0)
            await file.WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
        return format;
    }
}
