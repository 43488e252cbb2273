namespace AstroJobs.Imaging.Rendering.Background;

/// <summary>The sky's level at any place.</summary>
internal interface ISkySurface
{
    /// <param name="u">As in <see cref="SkyCell"/>.</param>
    /// <param name="levels">Filled, one a channel.</param>
    void At(double u, double v, Span<double> levels);
}
