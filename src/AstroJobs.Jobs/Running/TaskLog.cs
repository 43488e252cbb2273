using System.Text;
using AstroJobs.Jobs.Native;
using AstroJobs.Jobs.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// The worker's hand on task.log: a line is UTC time with milliseconds, the level where it is not plain information, the message. Written through at
/// once, so that nothing is lost with the worker. A log that grows too long loses its middle (<see cref="LogGap"/>): the shorter one is written beside
/// it and takes its place by rename, so that who reads has one or the other. A log that cannot be written ends no work.
/// </summary>
public sealed class TaskLog : ILogger, IDisposable
{
    private const string Shorter = ".task.log.tmp";
    private const int BlockBytes = 65536;

    private readonly Lock _gate = new();
    private readonly long _maxBytes;
    private readonly TimeProvider _time;
    private readonly bool _isStandard;
    private SafeFileHandle _file;
    private long _length;
    private long _postponed;

    /// <param name="maxBytes">About the longest that the file gets; while it is being shortened, half as much again is on the disk.</param>
    /// <param name="isStandard">Whether this process has its stdout and stderr in the log: they go on in the shortened one.</param>
    public TaskLog(string path, long maxBytes, TimeProvider time, bool isStandard)
    {
        (_maxBytes, _time, _isStandard) = (maxBytes, time, isStandard);
        _file = Open(path);
        _length = RandomAccess.GetLength(_file);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var level = logLevel switch
        {
            LogLevel.Warning => " warning ",
            LogLevel.Error or LogLevel.Critical => " error ",
            _ => " ",
        };
        var now = UtcTime.Text(_time.GetUtcNow());
        Write(Encoding.UTF8.GetBytes($"{now}{level}{formatter(state, exception)}\n{(exception is null ? "" : $"{exception}\n")}"));
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open(string path) => FileDescriptor.Open(path, Libc.ReadWrite | Libc.Create | Libc.Append);

    private unsafe void Write(byte[] line)
    {
        lock (_gate)
        {
            fixed (byte* start = line)
                _length += Math.Max(0, Libc.Write(FileDescriptor.Number(_file), start, (nuint)line.Length));
            if (_length > _maxBytes + _postponed)
                Shorten();
        }
    }

    private void Shorten()
    {
        // The file may have been put elsewhere since, as an earlier attempt's log.
        var current = new FileInfo($"/proc/self/fd/{FileDescriptor.Number(_file)}").LinkTarget!;
        var shorter = Path.Combine(Path.GetDirectoryName(current)!, Shorter);
        try
        {
            WriteShorter(shorter);
            Errno.Check(Libc.Rename(shorter, current), $"shorten '{current}'");
            _file.Dispose();
            _file = Open(current);
            for (var fd = 1; fd <= 2 && _isStandard; fd++)
                Errno.Check(Libc.Dup2(FileDescriptor.Number(_file), fd), "go on in the shortened log");
            _length = RandomAccess.GetLength(_file);
            _postponed = 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _postponed += _maxBytes / 8; // no room for it now
            TryDelete(shorter);
        }
    }

    private void WriteShorter(string shorter)
    {
        var length = RandomAccess.GetLength(_file);
        var gap = LogGap.Read(_file);
        var tail = FindLine(length - ((_maxBytes - LogGap.HeadBytes - LogGap.LineBytes) / 2));
        var head = new byte[LogGap.HeadBytes];
        RandomAccess.Read(_file, head, 0);
        if (gap.LeftOut == 0)
            EndLastLine(head);
        using var target = File.OpenHandle(shorter, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(target, head, 0);
        RandomAccess.Write(target, gap.WidenTo(tail).ToLine(), LogGap.HeadBytes);
        var block = new byte[BlockBytes];
        long place = LogGap.HeadBytes + LogGap.LineBytes;
        for (int count; (count = RandomAccess.Read(_file, block, tail)) > 0; tail += count, place += count)
            RandomAccess.Write(target, block.AsSpan(0, count), place);
    }

    /// <summary>The first beginning of a line at or behind this place; the place itself where lines are endless.</summary>
    private long FindLine(long place)
    {
        var block = new byte[BlockBytes];
        var count = RandomAccess.Read(_file, block, place);
        return place + 1 + block.AsSpan(0, count).IndexOf((byte)'\n');
    }

    /// <summary>The head ends with a whole line: dots stand for the one that it cuts.</summary>
    private static void EndLastLine(Span<byte> head)
    {
        head[(head.LastIndexOf((byte)'\n') + 1)..].Fill((byte)'.');
        head[^1] = (byte)'\n';
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
