using AstroJobs.Imaging.Stars;

namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>What is to be found in the sky.</summary>
/// <param name="Stars">The ones to try first come first.</param>
/// <param name="PicturePath">The picture as a grey FITS file, bottom-up, made when first asked for.</param>
public sealed record PlateField(int Width, int Height, IReadOnlyList<Star> Stars, Lazy<string> PicturePath);
