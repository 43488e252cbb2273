using System.Text.Json;
using System.Text.Json.Nodes;
using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using AstroJobs.Kinds.Timelapse;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Timelapse;

/// <summary>The power is cut somewhere; later the series goes on at the right shot.</summary>
public sealed class TimelapseResumeTests
{
    private static readonly TimelapseParameters Series = TimelapseNight.Every(10, 12) with { Grace = TimeSpan.FromSeconds(2) };

    [Test]
    public async Task Shots_that_were_due_while_nothing_ran_are_missed_and_the_next_one_keeps_the_schedule()
    {
        using var night = CutAt(shot: 4, beforeFile: true);
        night.RunUntilPowerCut(Series);
        night.Time.Pass(TimeSpan.FromSeconds(35));

        await night.RunAsync(Series);

        Assert.That(night.Story(), Is.EqualTo("tttfnnnttttt"), "shot 4 was begun at 30; 40, 50 and 60 passed until 65");
        Assert.That(night.Camera.Asked[^5].At - night.Start, Is.EqualTo(TimeSpan.FromSeconds(70)));
        Assert.That(night.Shot(4).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("interrupted"));
    }

    [Test]
    public async Task A_shot_whose_file_was_written_is_not_taken_again_although_its_record_was_lost()
    {
        using var night = CutAt(shot: 4, beforeFile: false);
        night.RunUntilPowerCut(Series);

        await night.RunAsync(Series);

        Assert.That(night.Story(), Is.EqualTo("tttttttttttt"));
        Assert.That(night.Camera.Asked.Count(static asked => asked.Shot == 4), Is.EqualTo(1));
        Assert.That(night.Shot(4).GetProperty("started").GetString(), Is.EqualTo("2026-11-21T22:00:30.000Z"));
    }

    [Test]
    public async Task A_shot_that_the_camera_had_delivered_is_taken_over_although_it_had_no_name()
    {
        using var night = CutAt(shot: 4, beforeFile: true);
        night.RunUntilPowerCut(Series);
        using (var frame = new Frame(8, 8, 1))
            ImageFile.Write(Path.Combine(night.Downloads, "4.tif"), frame, SampleFormat.UInt16);
        night.Time.Pass(TimeSpan.FromSeconds(35));

        await night.RunAsync(Series);

        Assert.That(night.Story(), Is.EqualTo("ttttnnnttttt"));
        Assert.That(night.Shot(4).GetProperty("files")[0].GetString(), Is.EqualTo("shot-0004.tif"));
        Assert.That(night.Camera.Asked.Count(static asked => asked.Shot == 4), Is.EqualTo(1));
    }

    [Test]
    public async Task A_shot_that_was_begun_and_left_no_file_is_taken_while_there_is_time()
    {
        using var night = CutAt(shot: 4, beforeFile: true);
        night.RunUntilPowerCut(Series);
        night.Time.Pass(TimeSpan.FromSeconds(1));

        await night.RunAsync(Series);

        Assert.That(night.Story(), Is.EqualTo("tttttttttttt"));
        Assert.That(night.Camera.Asked.Where(static asked => asked.Shot == 4).Select(asked => (asked.At - night.Start).TotalSeconds), Is.EqualTo(new[] { 30.0, 31 }));
    }

    [Test]
    public async Task A_torn_last_line_costs_nothing()
    {
        using var night = CutAt(shot: 4, beforeFile: true);
        night.RunUntilPowerCut(Series);
        File.AppendAllText(night.Journal, "{\"shot\":{\"shot\":4,\"sched");

        await night.RunAsync(Series);

        Assert.That(night.Story(), Is.EqualTo("tttttttttttt"));
    }

    [Test]
    public async Task Without_the_head_of_the_journal_the_checkpoint_tells_where_the_schedule_began()
    {
        using var night = CutAt(shot: 4, beforeFile: true);
        night.RunUntilPowerCut(Series);
        File.WriteAllLines(night.Journal, [.. File.ReadAllLines(night.Journal).Skip(1).Prepend("\0\0\0")]);
        night.Time.Pass(TimeSpan.FromSeconds(5));

        await night.RunAsync(Series);

        Assert.That(night.Story(), Is.EqualTo("tttftttttttt"));
        Assert.That(night.Camera.Asked[^1].At - night.Start, Is.EqualTo(TimeSpan.FromSeconds(110)));
    }

    [Test]
    public async Task Records_of_a_later_version_are_read_as_far_as_they_can_be()
    {
        using var night = CutAt(shot: 4, beforeFile: true);
        night.RunUntilPowerCut(Series);
        var lines = File.ReadAllLines(night.Journal).Select(static line => JsonNode.Parse(line)!.AsObject()).ToList();
        lines[0]["version"] = 7;
        lines[0]["mount"] = "new";
        lines.First(static line => (int?)line["shot"]?["shot"] == 2)["shot"]!["seeing_arcsec"] = 2.5; // a member that this version does not know
        lines.First(static line => (int?)line["shot"]?["shot"] == 3)["shot"]!["status"] = "superseded"; // a word that it does not know
        File.WriteAllLines(night.Journal, lines.Select(static line => line.ToJsonString()));

        await night.RunAsync(Series);

        Assert.That(night.Story(), Is.EqualTo("tttttttttttt"), "the third is known by its file");
        Assert.That(night.Camera.Asked.Count(static asked => asked.Shot is 2 or 3), Is.EqualTo(2));
    }

    [Test]
    public async Task A_journal_says_its_version_and_has_a_line_a_shot()
    {
        using var night = new TimelapseNight();
        await night.RunAsync(TimelapseNight.Every(10, 3));
        var lines = File.ReadAllLines(night.Journal).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(lines[0].GetProperty("version").GetInt32(), Is.EqualTo(1));
        Assert.That(lines.Count(static line => line.TryGetProperty("shot", out _)), Is.EqualTo(3));
    }

    /// <summary>Cut at random again and again, with random downtimes: whatever happens, the schedule holds, no shot is taken twice, no record is lost.</summary>
    [Test]
    public async Task However_often_the_power_is_cut_no_shot_is_taken_twice_and_none_is_without_a_record([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var parameters = TimelapseNight.Every(10, 60) with { Grace = TimeSpan.FromSeconds(3) };
        var steps = random.Next(1, 6);
        void Step()
        {
            if (--steps != 0)
                return;
            steps = random.Next(1, 14);
            throw new PowerCutException();
        }

        using var night = new TimelapseNight(time => new ScriptedCamera(time) { Before = _ => Step(), After = _ => Step(), Lasts = _ => TimeSpan.FromSeconds(random.Next(0, 4)) });
        night.Reported = progress =>
        {
            if (progress.Message!.Contains("taken", StringComparison.Ordinal))
                Step(); // between a record and the next shot
        };
        var files = new Dictionary<string, DateTime>();
        for (var isOver = false; !isOver;)
        {
            isOver = await IsOverAsync(night, parameters);
            foreach (var file in Directory.GetFiles(night.Output, "*.fits"))
                Assert.That(files.TryAdd(file, File.GetLastWriteTimeUtc(file)) || files[file] == File.GetLastWriteTimeUtc(file), $"{file} was written again");
            night.Time.Pass(TimeSpan.FromSeconds(random.Next(0, 40)));
        }

        var shots = night.Result().GetProperty("shots").EnumerateArray().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(shots.Select(static shot => shot.GetProperty("shot").GetInt32()), Is.EqualTo(Enumerable.Range(1, 60)));
            Assert.That(shots.Select(static shot => shot.GetProperty("scheduled").GetDateTimeOffset()), Is.EqualTo(Enumerable.Range(0, 60).Select(index => night.Start.AddSeconds(10 * index))));
            Assert.That(shots.Where(static shot => shot.GetProperty("status").GetString() == "taken").SelectMany(static shot => shot.GetProperty("files").EnumerateArray()).Select(static file => file.GetString()), Is.EquivalentTo(files.Keys.Select(Path.GetFileName)));
            Assert.That(night.Camera.Asked.Select(asked => (asked.At - night.Start.AddSeconds(10 * (asked.Shot - 1))).TotalSeconds), Is.All.InRange(0, 3));
        });
    }

    private static async Task<bool> IsOverAsync(TimelapseNight night, TimelapseParameters parameters)
    {
        try
        {
            await night.RunAsync(parameters);
            return true;
        }
        catch (PowerCutException)
        {
            return false;
        }
    }

    /// <summary>The power is cut in the exposure of a shot, once: before its file is there, or behind it.</summary>
    private static TimelapseNight CutAt(int shot, bool beforeFile)
    {
        var isCut = false;
        void Cut(int at)
        {
            if (at != shot || isCut)
                return;
            isCut = true;
            throw new PowerCutException();
        }

        return new TimelapseNight(time => beforeFile ? new ScriptedCamera(time) { Before = Cut } : new ScriptedCamera(time) { After = Cut });
    }
}
