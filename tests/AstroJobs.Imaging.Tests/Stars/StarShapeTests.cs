using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Tests.Stars;

public sealed class StarShapeTests
{
    private const int Width = 90;
    private const int Height = 70;

    [TestCase(45.3, 33.8, 1.2)]
    [TestCase(2.1, 3.7, 1.5)] // reaches over the left and the top
    [TestCase(88.4, 68.2, 2.5)] // over the right and the bottom
    [TestCase(40, 30, 9)] // wider than the plane
    public void The_vector_kernel_agrees_with_the_scalar_one(double x, double y, double sigma)
    {
        var random = new Random(3);
        var plane = Enumerable.Range(0, Width * Height).Select(_ => random.NextSingle() - 0.2f).ToArray();
        var radius = (int)Math.Ceiling(4 * sigma);
        var (vector, scalar) = (
            StarShape.Weigh(plane, Width, Height, x, y, sigma, new StarWeights(stackalloc float[StarWeights.Room])),
            StarShape.WeighScalar(
                plane, Width, x, y, sigma, Math.Max(0, (int)Math.Round(x) - radius), Math.Min(Width - 1, (int)Math.Round(x) + radius),
                Math.Max(0, (int)Math.Round(y) - radius), Math.Min(Height - 1, (int)Math.Round(y) + radius)));
        var tolerance = 1e-5 * sigma * sigma;
        Assert.Multiple(() =>
        {
            Assert.That(vector.Flux, Is.EqualTo(scalar.Flux).Within(tolerance));
            Assert.That(vector.X, Is.EqualTo(scalar.X).Within(tolerance * sigma));
            Assert.That(vector.Y, Is.EqualTo(scalar.Y).Within(tolerance * sigma));
            Assert.That(vector.XX, Is.EqualTo(scalar.XX).Within(tolerance * sigma * sigma));
            Assert.That(vector.YY, Is.EqualTo(scalar.YY).Within(tolerance * sigma * sigma));
            Assert.That(vector.XY, Is.EqualTo(scalar.XY).Within(tolerance * sigma * sigma));
            Assert.That(vector.WeightSquared, Is.EqualTo(scalar.WeightSquared).Within(1e-9 * scalar.WeightSquared));
        });
    }
}
