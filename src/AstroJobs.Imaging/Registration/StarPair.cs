using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Registration;

/// <summary>One star of the sky on two frames.</summary>
internal readonly record struct StarPair(Star Source, Star Target)
{
    private const double Floor = 0.05; // pixels; what seeing and the pixel grid leave of even the brightest star

    /// <summary>1 / variance of the distance that is to be expected.</summary>
    public double Weight => 1 / ((Floor * Floor) + (Source.PositionError * Source.PositionError) + (Target.PositionError * Target.PositionError));
}
