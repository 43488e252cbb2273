using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>A star as it was drawn into a frame: the truth that measurements can be held against.</summary>
/// <param name="X">Pixel, as in <see cref="Imaging.Frame"/>.</param>
/// <param name="Electrons">All its light in the exposure before clouds, vignetting and saturation: in a mono frame in its one plane, else in green.</param>
/// <param name="PeakElectrons">Of that, what falls on the pixel under its middle.</param>
public readonly record struct DrawnStar(SkyStar Star, double X, double Y, double Electrons, double PeakElectrons);
