namespace AstroJobs.Imaging.Registration;

/// <summary>How one picture lies on another.</summary>
/// <param name="Dx">How far right its content lies of where the reference has it, pixels.</param>
/// <param name="Dy">The same downwards.</param>
/// <param name="Likeness">Correlation of both once they lie on each other, −1 … 1.</param>
/// <param name="Significance">Height of the peak above the rest of the correlation, in its standard deviations.</param>
internal readonly record struct Correlation(double Dx, double Dy, double Likeness, double Significance);
