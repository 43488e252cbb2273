using System.CommandLine;
using System.CommandLine.Parsing;
using AstroJobs.Cli.Options;
using AstroJobs.Kinds.Timelapse;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary>When the shots of a series are taken, and what happens around them.</summary>
internal sealed class TimelapseOptions
{
    private readonly Option<TimeSpan?> _every = DurationOption.Create("--every", "From the start of one shot to the start of the next.");
    private readonly Option<int?> _count = new("--count") { Description = "No more shots than this.", HelpName = "N" };
    private readonly Option<StartTimeOption?> _until = StartTimeOption.Create("--until", "No shot at this time or later: 2026-11-22T05:00 (local unless it says otherwise), 05:00 (the next), or a duration from now such as 8h.");
    private readonly Option<StartTimeOption[]> _at = new("--at") { Description = "A single shot at this time, as --until takes it; repeatable, instead of --every.", HelpName = "TIME", CustomParser = ReadTimes };
    private readonly Option<WindowEdge?> _from = WindowEdgeOption.Create("--from", "Each night from here: a time of day, or the Sun's.");
    private readonly Option<WindowEdge?> _to = WindowEdgeOption.Create("--to", "Each night until here.");
    private readonly Option<double?> _sunBelow = new("--sun-below") { Description = "Each night while the Sun is below this altitude, degrees: -18 is astronomical darkness; instead of --from and --to.", HelpName = "DEG" };
    private readonly Option<double?> _latitude = new("--lat") { Description = "Where the Sun is looked for: degrees north.", HelpName = "DEG" };
    private readonly Option<double?> _longitude = new("--lon") { Description = "Degrees east (west is negative: --lon=-70.4).", HelpName = "DEG" };
    private readonly Option<int> _nights = new("--nights") { Description = "How many nights, this one included where it has begun.", HelpName = "N", DefaultValueFactory = static _ => 1 };
    private readonly Option<TimeSpan?> _grace = DurationOption.Create("--grace", "A shot that would start later than this is recorded as missed (default: half of --every, at most 1m).");
    private readonly Option<TimeSpan?> _warmup = DurationOption.Create("--warmup", "Get the camera ready so long before a shot, at the start and after a standby (default: 0).");
    private readonly Option<string[]> _onWarmup = new("--on-warmup") { Description = "The program that does that, for example switches its power on; say it again for each argument.", HelpName = "PROGRAM" };
    private readonly Option<TimeSpan?> _standbyAfter = DurationOption.Create("--standby-after", "Let the camera go where the next shot is further away than this.");
    private readonly Option<string[]> _onStandby = new("--on-standby") { Description = "The program to run then, and when the series is over; say it again for each argument.", HelpName = "PROGRAM" };

    public IEnumerable<Option> All => [_every, _count, _until, _at, _from, _to, _sunBelow, _latitude, _longitude, _nights, _grace, _warmup, _onWarmup, _standbyAfter, _onStandby];

    public TimelapseParameters Into(ParseResult parsed, TimelapseParameters parameters, TimeProvider time)
    {
        DateTimeOffset[] at = [.. (parsed.GetValue(_at) ?? []).Select(each => each.From(time))];
        var (from, to) = (parsed.GetValue(_from), parsed.GetValue(_to));
        if (parsed.GetValue(_sunBelow) is { } altitude)
            (from, to) = (from ?? new WindowEdge { SunAltitudeDeg = altitude }, to ?? new WindowEdge { SunAltitudeDeg = altitude, SunRises = true });
        return parameters with
        {
            Mode = at.Length > 0 ? TimelapseMode.At : from is not null || to is not null ? TimelapseMode.Window : TimelapseMode.Interval,
            Every = parsed.GetValue(_every),
            Count = parsed.GetValue(_count),
            Until = parsed.GetValue(_until)?.From(time),
            At = at,
            From = from,
            To = to,
            LatitudeDeg = parsed.GetValue(_latitude),
            LongitudeDeg = parsed.GetValue(_longitude),
            Nights = parsed.GetValue(_nights),
            Grace = parsed.GetValue(_grace),
            Warmup = parsed.GetValue(_warmup) ?? TimeSpan.Zero,
            OnWarmup = parsed.GetValue(_onWarmup) ?? [],
            StandbyAfter = parsed.GetValue(_standbyAfter),
            OnStandby = parsed.GetValue(_onStandby) ?? [],
        };
    }

    private static StartTimeOption[] ReadTimes(ArgumentResult result)
    {
        var times = new List<StartTimeOption>();
        foreach (var token in result.Tokens)
        {
            if (StartTimeOption.TryParse(token.Value) is { } time)
                times.Add(time);
            else
                result.AddError($"'{token.Value}' is neither a time such as 2026-11-21T22:00, a time of day such as 22:00, nor {DurationOption.Expected}.");
        }
        return [.. times];
    }
}
