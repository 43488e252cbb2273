using System.Globalization;
using AstroJobs.Jobs.Native;

namespace AstroJobs.Jobs.Faults;

/// <summary>
/// Makes a process die, or stand still, at a named place: how the tests bring about by plan what a power cut does by chance.
/// <c>ASTROJOBS_FAIL_AT=[VERB/]POINT[:COUNT][=stop|=wait:FILE]</c>: at the COUNTth passing of POINT (default the first) of the process whose first
/// argument is VERB (a worker's is <c>work</c>; default any) it kills itself by SIGKILL; with <c>stop</c> it stops itself by SIGSTOP; with
/// <c>wait</c> it makes FILE.reached and goes on when FILE exists. Without the variable a passing costs one comparison.
/// </summary>
public static class FailPoints
{
    public const string Variable = "ASTROJOBS_FAIL_AT";

    private const int StopSignal = 19; // SIGSTOP

    private static readonly Plan? Planned = Plan.TryRead(Environment.GetEnvironmentVariable(Variable));

    public static void Pass(FailPoint point) => Planned?.Meet(point);

    private sealed class Plan(FailPoint point, int count, string action)
    {
        private int _left = count;

        /// <exception cref="FormatException">A plan that is spelt wrong must not pass for a fault survived.</exception>
        public static Plan? TryRead(string? text)
        {
            if (string.IsNullOrEmpty(text))
                return null;
            var (where, action) = Cut(text, '=');
            if (where.Split('/') is [var verb, var rest])
            {
                if (verb != Environment.GetCommandLineArgs().ElementAtOrDefault(1))
                    return null;
                where = rest;
            }
            var (name, count) = Cut(where, ':');
            return Enum.TryParse<FailPoint>(name, out var point)
                ? new Plan(point, count.Length > 0 ? int.Parse(count, CultureInfo.InvariantCulture) : 1, action)
                : throw new FormatException($"{Variable} names no fail point: '{text}'.");
        }

        public void Meet(FailPoint passed)
        {
            if (passed != point || Interlocked.Decrement(ref _left) != 0)
                return;
            if (action.StartsWith("wait:", StringComparison.Ordinal))
                WaitFor(action["wait:".Length..]);
            else
                Libc.Kill(Environment.ProcessId, action == "stop" ? StopSignal : Running.Signals.Kill);
        }

        private static void WaitFor(string file)
        {
            File.WriteAllText(file + ".reached", "");
            while (!File.Exists(file))
                Thread.Sleep(5);
        }

        private static (string Head, string Tail) Cut(string text, char at) =>
            text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var index ? (text[..index], text[(index + 1)..]) : (text, "");
    }
}
