using AstroJobs.Imaging;
using AstroJobs.Kinds.Extract;

namespace AstroJobs.Kinds.Tests.Extract;

public sealed class SolvePlanTests
{
    [Test]
    public void One_bound_of_the_scale_counts_alone()
    {
        var plan = SolvePlan.Make(new ExtractParameters { ScaleLow = 2 }, 1000, 800, FrameMetadata.None, readsStarLists: true);
        Assert.That(plan, Has.All.Matches<SolveStep>(step => step.Attempt.Scale is { Low: 7.2, High: null }));
    }

    [TestCase(ScaleUnits.Degwidth, 2, 7.2)]
    [TestCase(ScaleUnits.Arcminwidth, 120, 7.2)]
    [TestCase(ScaleUnits.Arcsecperpix, 7.2, 7.2)]
    public void Every_unit_means_the_same_scale(ScaleUnits units, double value, double arcsecPerPixel) =>
        Assert.That(SolvePlan.AskedScale(new ExtractParameters { ScaleHigh = value, ScaleUnits = units }, 1000)!.Value.High, Is.EqualTo(arcsecPerPixel).Within(1e-9));

    [Test]
    public void What_the_file_says_is_tried_before_nothing_is_taken_as_known()
    {
        var said = new FrameMetadata { FocalLengthMm = 500, PixelSizeUm = 5, RaDeg = 10, DecDeg = 20 };
        var plan = SolvePlan.Make(new ExtractParameters(), 1000, 800, said, readsStarLists: true);
        // 206265″ × 5 µm / 500 mm
        Assert.That(plan[0].Attempt.Scale, Is.Not.Null);
        Assert.That(plan[0].Attempt.Scale!.Value.Low, Is.LessThan(2.06));
        Assert.That(plan[0].Attempt.Scale!.Value.High, Is.GreaterThan(2.07));
        Assert.That(plan[0].Attempt.Near!.Value.Centre.RaDeg, Is.EqualTo(10));
        Assert.That(plan[1].Attempt.Near, Is.Null);
        Assert.That(plan[2].Attempt.Scale, Is.Null);
    }

    [Test]
    public void A_lens_on_an_unknown_camera_leaves_the_usual_sensors()
    {
        var said = new FrameMetadata { FocalLengthMm = 50, Iso = 1600, CameraMaker = "Canon" };
        var plan = SolvePlan.Make(new ExtractParameters(), 6000, 4000, said, readsStarLists: true);
        var full = 2 * double.RadiansToDegrees(Math.Atan(18 / 50.0)) * 3600 / 6000;
        var crop = 2 * double.RadiansToDegrees(Math.Atan(11.15 / 50.0)) * 3600 / 6000;
        var scale = plan[0].Attempt.Scale!.Value;
        Assert.That(scale.Low, Is.LessThan(crop));
        Assert.That(scale.High, Is.GreaterThan(full));
    }

    [Test]
    public void What_the_caller_says_leaves_no_room_for_guesses()
    {
        var said = new FrameMetadata { FocalLengthMm = 500, PixelSizeUm = 5, RaDeg = 10, DecDeg = 20 };
        var plan = SolvePlan.Make(new ExtractParameters { ScaleLow = 1, ScaleHigh = 3, RaDeg = 200, DecDeg = -10, Depth = "20-40" }, 1000, 800, said, readsStarLists: true);
        Assert.That(plan, Has.All.Matches<SolveStep>(step => step.Attempt is { Near.Centre.RaDeg: 200, Scale: not null, Depths: [{ First: 20, Last: 40 }] }));
    }

    [Test]
    public void A_solver_that_reads_no_list_gets_the_picture_only()
    {
        var plan = SolvePlan.Make(new ExtractParameters(), 1000, 800, FrameMetadata.None, readsStarLists: false);
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
