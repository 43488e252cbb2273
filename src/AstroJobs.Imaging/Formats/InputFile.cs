namespace AstroJobs.Imaging.Formats;

/// <summary>Reading bytes of a picture file, with failures that people understand.</summary>
internal static class InputFile
{
    /// <summary>The first bytes of a file, fewer where it is shorter; of a pipe none, since who opens one waits for its writer.</summary>
    /// <exception cref="ImageException">Missing, a folder, or not to be read.</exception>
    public static byte[] ReadHead(string path, int count) => Guard(path, () =>
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 })
            return [];
        using var file = File.OpenHandle(path);
        var head = new byte[count];
        var read = RandomAccess.Read(file, head, 0);
        return head[..read];
    });

    /// <summary>Path, length and time of change: another text when the file has changed, as far as that can be told without reading it. Of a link, what it leads to.</summary>
    public static string Identity(string path)
    {
        var link = new FileInfo(path);
        var file = link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? link;
        return FormattableString.Invariant($"{path}\0{(file.Exists ? file.Length : -1)}\0{(file.Exists ? file.LastWriteTimeUtc.Ticks : 0)}");
    }

    /// <summary>Bytes of a file; of a link, those of the file that it leads to (<see cref="FileInfo.Length"/> would count the link's own).</summary>
    public static long Length(string path) => Guard(path, () =>
    {
        using var file = File.OpenHandle(path);
        return RandomAccess.GetLength(file);
    });

    public static NativeBytes ReadAll(string path) => Guard(path, () =>
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(file);
        if (length > int.MaxValue)
            throw new ImageException($"Cannot read '{path}': {length} bytes is more than this format is read from. Convert it to FITS or TIFF.");
        var bytes = new NativeBytes(length);
        for (var done = 0; done < length;)
        {
            var read = RandomAccess.Read(file, bytes.Slice(done, (int)length - done), done);
            if (read == 0)
                throw Torn(path, "it became shorter while it was read");
            done += read;
        }
        return bytes;
    });

    public static ImageException Torn(string path, string reason) =>
        new($"Cannot read '{path}': the file is torn ({reason}). Copy it again from where it was taken.");

    /// <summary>Runs a read and says its input failures for people.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageException(
                path.Contains('\uFFFD') ? $"Cannot read '{path}': its name holds bytes that are no UTF-8. Rename it." : $"Cannot read '{path}': there is no such file.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ImageException(
                Directory.Exists(path) ? $"Cannot read '{path}': it is a folder, not a picture." : $"Cannot read '{path}': permission denied. Check the file's owner and mode.", e);
        }
        catch (IOException e)
        {
            throw new ImageException($"Cannot read '{path}': {e.Message}", e);
        }
    }
}
