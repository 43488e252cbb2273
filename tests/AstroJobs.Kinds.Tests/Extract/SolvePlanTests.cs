using AstroJobs.Imaging;
using AstroJobs.Kinds.Extract;
using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Kinds.Tests.Extract;

public sealed class SolvePlanTests
{
    [Test]
    public void One_bound_of_the_scale_counts_alone()
    {
        var plan = SolvePlan.Make(new ExtractParameters { ScaleLow = 2 }, 1000, 800, FrameMetadata.None, readsStarLists: true, indexes: null);
        Assert.That(plan, Has.All.Matches<SolveStep>(step => step.Attempt.Scale is { Low: 7.2, High: null }));
    }

    [TestCase(ScaleUnits.Degwidth, 2, 7.2)]
    [TestCase(ScaleUnits.Arcminwidth, 120, 7.2)]
    [TestCase(ScaleUnits.Arcsecperpix, 7.2, 7.2)]
    public void Every_unit_means_the_same_scale(ScaleUnits units, double value, double arcsecPerPixel) =>
        Assert.That(ScaleGuess.Asked(new ExtractParameters { ScaleHigh = value, ScaleUnits = units }, 1000)!.Value.High, Is.EqualTo(arcsecPerPixel).Within(1e-9));

    [Test]
    public void What_the_file_says_is_tried_before_nothing_is_taken_as_known()
    {
        var said = new FrameMetadata { FocalLengthMm = 500, PixelSizeUm = 5, RaDeg = 10, DecDeg = 20 };
        var plan = SolvePlan.Make(new ExtractParameters(), 1000, 800, said, readsStarLists: true, indexes: null);
        // 206265″ × 5 µm / 500 mm
        Assert.That(plan[0].Attempt.Scale, Is.Not.Null);
        Assert.That(plan[0].Attempt.Scale!.Value.Low, Is.LessThan(2.06));
        Assert.That(plan[0].Attempt.Scale!.Value.High, Is.GreaterThan(2.07));
        Assert.That(plan[0].Attempt.Near!.Value.Centre.RaDeg, Is.EqualTo(10));
        Assert.That(plan[1].Attempt.Near, Is.Null);
        var blind = plan.Select((step, i) => (step, i)).First(place => place.step.Attempt.Scale is null).i;
        Assert.That(plan.Take(blind).Select(step => step.Attempt.Patience), Is.All.LessThanOrEqualTo(TimeSpan.FromSeconds(20)), "briefly");
    }

    [TestCase(1.125)]
    [TestCase(1 / 1.125)]
    public void A_lens_may_be_an_eighth_off(double error)
    {
        var said = new FrameMetadata { FocalLengthMm = 500, PixelSizeUm = 5 };
        var scale = Scales(SolvePlan.Make(new ExtractParameters(), 1000, 800, said, readsStarLists: true, indexes: null))[0];
        Assert.That(206.265 * 5 / (500 * error), Is.InRange(scale.Low!.Value, scale.High!.Value));
    }

    [Test]
    public void A_lens_on_an_unknown_sensor_leaves_the_usual_ones_the_largest_first()
    {
        var said = new FrameMetadata { FocalLengthMm = 50, Iso = 1600, CameraMaker = "Canon" };
        var plan = SolvePlan.Make(new ExtractParameters(), 6000, 4000, said, readsStarLists: true, indexes: null);
        var full = 2 * double.RadiansToDegrees(Math.Atan(18 / 50.0)) * 3600 / 6000;
        var crop = 2 * double.RadiansToDegrees(Math.Atan(11.15 / 50.0)) * 3600 / 6000;
        Assert.That(plan[0].Attempt.Scale, Is.EqualTo(Scales(plan)[0]));
        Assert.That(plan[0].Attempt.Unmirrored, Is.True, "a lens mirrors nothing");
        Assert.That(Scales(plan).FindIndex(scale => scale.Low < full && full < scale.High), Is.Zero);
        Assert.That(Scales(plan).FindIndex(scale => scale.Low < crop && crop < scale.High), Is.EqualTo(1));
    }

    /// <summary>As the pictures of ../shared/data/startrails-jpeg: 36 mm of sensor on 2000 pixels, and the pitch of when they were more.</summary>
    [Test]
    public void A_picture_that_was_made_smaller_may_come_from_any_larger_sensor_than_its_pixels_say()
    {
        var said = new FrameMetadata { FocalLengthMm = 24, PixelSizeUm = 6.686, Iso = 1600, CameraMaker = "Canon" };
        var scales = Scales(SolvePlan.Make(new ExtractParameters(), 2000, 1333, said, readsStarLists: true, indexes: null));
        Assert.That(scales, Has.Count.EqualTo(4), "full frame, APS-C, Four Thirds, 13.4 mm");
        Assert.That(scales[0].Low * 2000 / 3600, Is.LessThan(72.8));
        Assert.That(scales[0].High * 2000 / 3600, Is.GreaterThan(74.8));
    }

    [TestCase(6000, 5.97, 0, TestName = "Pixels_that_make_up_a_sensor_are_believed_first")]
    [TestCase(2000, 6.686, 3, TestName = "Pixels_that_make_up_no_sensor_are_believed_last")]
    public void What_the_pixels_say(int width, double pitch, int place)
    {
        var said = new FrameMetadata { FocalLengthMm = 24, PixelSizeUm = pitch, Iso = 1600, CameraMaker = "Canon" };
        var guesses = ScaleGuess.Of(width, width * 2 / 3, said).Select(guess => guess.Name).ToList();
        Assert.That(guesses.IndexOf("focal length and pixel size"), Is.EqualTo(place));
    }

    [Test]
    public void A_scale_that_no_index_file_serves_is_not_tried()
    {
        // m27 of ../shared/data: half a degree
        var said = new FrameMetadata { FocalLengthMm = 510, PixelSizeUm = 3.75, RaDeg = 299.92, DecDeg = 22.72 };
        IReadOnlyList<SolveStep> Plan(int finest, ExtractParameters? asked = null) =>
            SolvePlan.Make(asked ?? new ExtractParameters(), 1304, 976, said, readsStarLists: true, new IndexScales([finest, 11], 2));

        Assert.That(Plan(7)[0].Attempt.Scale, Is.Not.Null);
        var unserved = Plan(10);
        Assert.That(unserved.Select(step => step.Attempt.Scale), Is.EqualTo(new ScaleRange?[] { null }), "once, in case the file is wrong");
        Assert.That(unserved.Sum(step => step.Attempt.Patience.TotalSeconds), Is.LessThanOrEqualTo(20));
        Assert.That(Plan(10, new ExtractParameters { ScaleLow = 0.4, ScaleHigh = 0.6 }), Is.Empty);
    }

    [Test]
    public void The_whole_of_it_keeps_the_default_time_limit()
    {
        var photograph = new FrameMetadata { FocalLengthMm = 24, PixelSizeUm = 1, Iso = 1600, CameraMaker = "Canon" };
        var mounted = photograph with { RaDeg = 10, DecDeg = 20, CameraMaker = null };
        foreach (var said in (FrameMetadata[])[FrameMetadata.None, photograph, mounted])
        {
            var plan = SolvePlan.Make(new ExtractParameters(), 6000, 4000, said, readsStarLists: true, indexes: null);
            Assert.That(plan.Sum(step => step.Attempt.Patience.TotalSeconds), Is.LessThanOrEqualTo(new ExtractParameters().Timeout.TotalSeconds));
        }
        var patient = SolvePlan.Make(new ExtractParameters { Timeout = TimeSpan.FromHours(1) }, 6000, 4000, photograph, readsStarLists: true, indexes: null);
        Assert.That(patient[^1].Attempt.Patience, Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public void What_the_file_says_has_its_turn_at_length_before_the_last_attempt()
    {
        var said = new FrameMetadata { FocalLengthMm = 50, Iso = 1600, CameraMaker = "Canon" };
        var plan = SolvePlan.Make(new ExtractParameters(), 6000, 4000, said, readsStarLists: true, indexes: null);
        var guesses = Scales(plan);
        var first = plan.Where(step => step.Attempt.Scale == guesses[0]).ToArray();
        var second = plan.Where(step => step.Attempt.Scale == guesses[1]).ToArray();
        Assert.That(first[0].Attempt.Patience, Is.GreaterThan(second[0].Attempt.Patience), "the surest is given more time");
        Assert.That(first[^1].Attempt.Patience, Is.GreaterThan(2 * first[0].Attempt.Patience));
        Assert.That(plan.Reverse().SkipWhile(step => step.Attempt.Scale is null).First().Attempt.Name, Does.EndWith("at length"));
        Assert.That(plan[^1].Attempt.Scale, Is.Null);
    }

    /// <summary>Mounts are off by degrees before their first alignment.</summary>
    [Test]
    public void A_pointing_in_the_file_is_meant_within_some_degrees()
    {
        var said = new FrameMetadata { FocalLengthMm = 500, PixelSizeUm = 5, RaDeg = 10, DecDeg = 20 };
        var near = SolvePlan.Make(new ExtractParameters(), 1000, 800, said, readsStarLists: true, indexes: null)[0].Attempt.Near!.Value;
        Assert.That((near.Centre, near.RadiusDeg), Is.EqualTo((new SkyPosition(10, 20), 15.0)));
    }

    private static List<ScaleRange> Scales(IReadOnlyList<SolveStep> plan) => [.. plan.Select(step => step.Attempt.Scale).OfType<ScaleRange>().Distinct()];

    [Test]
    public void What_the_caller_says_leaves_no_room_for_guesses()
    {
        var said = new FrameMetadata { FocalLengthMm = 500, PixelSizeUm = 5, RaDeg = 10, DecDeg = 20 };
        var plan = SolvePlan.Make(new ExtractParameters { ScaleLow = 1, ScaleHigh = 3, RaDeg = 200, DecDeg = -10, Depth = "20-40" }, 1000, 800, said, readsStarLists: true, indexes: null);
        Assert.That(plan, Has.All.Matches<SolveStep>(step => step.Attempt is { Near.Centre.RaDeg: 200, Scale: not null, Depths: [{ First: 20, Last: 40 }] }));
    }

    [Test]
    public void A_solver_that_reads_no_list_gets_the_picture_only()
    {
        var plan = SolvePlan.Make(new ExtractParameters(), 1000, 800, FrameMetadata.None, readsStarLists: false, indexes: null);
        Assert.That(plan, Has.All.Matches<SolveStep>(step => step.Attempt.UsesPicture));
    }

    [TestCase("40", 1, 40)]
    [TestCase("20-40", 20, 40)]
    public void Depths_are_read_as_solve_field_does(string text, int first, int last) =>
        Assert.That(DepthText.TryParse(text), Is.EqualTo(new[] { new Kinds.Sky.Solving.DepthRange(first, last) }));

    [TestCase("")]
    [TestCase("40-20")]
    [TestCase("0")]
    [TestCase("ten")]
    [TestCase("1-2-3")]
    [TestCase("10,")]
    public void What_is_no_depth_is_refused(string text) => Assert.That(DepthText.TryParse(text), Is.Null);
}
