using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Testing;

/// <summary>A log that keeps what it is told, for who waits for a word.</summary>
public sealed class HeardLog : ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));

    /// <summary>Complete when a line with these words has come.</summary>
    public async Task HearAsync(string words, CancellationToken cancellation)
    {
        while (!_lines.Any(line => line.Contains(words, StringComparison.Ordinal)))
            await Task.Delay(10, cancellation);
    }
}
