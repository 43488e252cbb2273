namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>Red, green and blue light of something, green being 1 for a star of the camera's white (B−V 0.65, the Sun's).</summary>
internal readonly record struct StarColour(float Red, float Green, float Blue)
{
    private static readonly StarColour White = Planck(0.65);

    /// <summary>The light of a black body of the star's colour, balanced so that a star like the Sun is grey.</summary>
    public static StarColour Of(double bMinusV)
    {
        var star = Planck(bMinusV);
        return new StarColour(star.Red / White.Red, 1, star.Blue / White.Blue);
    }

    // Temperature from B−V: Ballesteros 2012, EPL 97, 34008. Planck's law at the middles of the bands of common colour sensors,
    // against green.
    private static StarColour Planck(double bMinusV)
    {
        var colour = Math.Clamp(bMinusV, -0.4, 2.0);
        var kelvin = 4600 * ((1 / ((0.92 * colour) + 1.7)) + (1 / ((0.92 * colour) + 0.62)));
        var green = Radiance(530, kelvin);
        return new StarColour((float)(Radiance(610, kelvin) / green), 1, (float)(Radiance(460, kelvin) / green));
    }

    private static double Radiance(double nanometres, double kelvin) =>
        Math.Pow(nanometres, -5) / (Math.Exp(1.43877e7 / (nanometres * kelvin)) - 1);
}
