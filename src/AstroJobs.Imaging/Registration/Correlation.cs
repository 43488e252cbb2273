namespace AstroJobs.Imaging.Registration;

/// <summary>How one picture lies on another.</summary>
/// <param name="Dx">How far right its content lies of where the reference has it, pixels.</param>
/// <param name="Dy">The same downwards.</param>
/// <param name="Likeness">Correlation of both once they lie on each other, −1 … 1.</param>
/// <param name="Significance">Height of the peak, in standard deviations of what pictures of noise have at its place.</param>
internal readonly record struct Correlation(double Dx, double Dy, double Likeness, double Significance)
{
    /// <summary>How far its content is turned clockwise about <see cref="Middle"/>, which is then shifted; radians.</summary>
    public double Turn { get; init; }

    /// <summary>On the reference.</summary>
    public (double X, double Y) Middle { get; init; }

    /// <summary>Its pixels to the reference's.</summary>
    public PixelMap ToReference()
    {
        var (sine, cosine) = Math.SinCos(Turn);
        var (x, y) = (Middle.X + Dx, Middle.Y + Dy);
        return new PixelMap(cosine, sine, Middle.X - (cosine * x) - (sine * y), -sine, cosine, Middle.Y + (sine * x) - (cosine * y));
    }
}
