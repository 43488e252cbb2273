using AstroJobs.Imaging.Rendering;

namespace AstroJobs.Imaging.Tests.Rendering;

public sealed class CanvasTests
{
    private static readonly Ink White = new(1, 1, 1, 1, 2);

    [Test]
    public void A_line_covers_its_width_and_its_length()
    {
        using var canvas = Black(100, 60);
        canvas.Line(20, 30, 80, 30, White);
        Assert.That(Sum(canvas), Is.EqualTo(60 * 2).Within(4), "round ends add a little");
        Assert.That(canvas.Picture.Row(0, 30)[50], Is.EqualTo(1));
        Assert.That(canvas.Picture.Row(0, 35)[50], Is.Zero);
    }

    [Test]
    public void A_slanting_line_covers_as_much()
    {
        using var canvas = Black(100, 100);
        canvas.Line(20, 20, 70, 57.5, White); // 62.5 long
        Assert.That(Sum(canvas), Is.EqualTo(62.5 * 2).Within(5));
    }

    [Test]
    public void What_lies_outside_leaves_no_mark()
    {
        using var canvas = Black(50, 50);
        canvas.Line(-500, -20, 500, -20, White);
        canvas.Line(double.NaN, 0, 10, 10, White);
        canvas.Circle(1000, 1000, 5, White);
        canvas.Line(-1e7, 25, 1e7, 25, White);
        Assert.That(Sum(canvas), Is.EqualTo(50 * 2).Within(1), "the last one alone crosses the picture");
    }

    [Test]
    public void Labels_never_meet()
    {
        using var canvas = Black(400, 300);
        var placed = Enumerable.Range(0, 60).Count(i => canvas.TryLabel($"NGC {1000 + i}", 150 + (i % 8 * 5), 140 + (i / 8 * 5), 4, 11, White));
        Assert.That(placed, Is.InRange(3, 40), "some find a place, most do not");
        // A label would cover another's strokes: the ink of all is the sum of the ink of each.
        using var one = Black(400, 300);
        one.TryLabel("NGC 1000", 150, 140, 4, 11, White);
        Assert.That(Sum(canvas) / placed, Is.EqualTo(Sum(one)).Within(15).Percent);
    }

    [Test]
    public void Labels_stay_in_the_picture()
    {
        using var canvas = Black(200, 100);
        Assert.That(canvas.TryLabel("M 31", 199, 50, 3, 11, White), Is.True);
        Assert.That(canvas.TryLabel("a label that is wider than the picture by far", 100, 20, 3, 11, White), Is.False);
    }

    [TestCase("αβγδεζηθικλμνξοπρστυφχψω")]
    [TestCase("°′−.")]
    public void No_letter_of_the_sky_is_missing(string letters)
    {
        using var unknown = Black(40, 40);
        unknown.Text("?", 10, 30, 20, White);
        var seen = new HashSet<double> { Sum(unknown) };
        foreach (var letter in letters)
        {
            using var canvas = Black(40, 40);
            canvas.Text(letter.ToString(), 10, 30, 20, White);
            Assert.That(Sum(canvas), Is.GreaterThan(0), letter.ToString());
            Assert.That(seen.Add(Sum(canvas)), Is.True, $"{letter} looks like another letter");
        }
    }

    [Test]
    public void A_letter_with_a_mark_is_written_without_it()
    {
        using var marked = Black(40, 40);
        marked.Text("ö", 10, 30, 20, White);
        using var plain = Black(40, 40);
        plain.Text("o", 10, 30, 20, White);
        Assert.That(Sum(marked), Is.EqualTo(Sum(plain)));
    }

    private static Canvas Black(int width, int height)
    {
        using var frame = new Frame(width, height, 1);
        return new Canvas(frame);
    }

    private static double Sum(Canvas canvas)
    {
        double sum = 0;
        foreach (var sample in canvas.Picture.Plane(0))
            sum += sample;
        return sum;
    }
}
