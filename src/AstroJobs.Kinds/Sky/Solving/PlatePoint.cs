namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>A star on the picture and on the plane of the sky.</summary>
/// <param name="U">Offset from the middle of the picture to the right, in units.</param>
/// <param name="V">Upwards.</param>
/// <param name="Xi">Degrees east.</param>
/// <param name="Eta">Degrees north.</param>
internal readonly record struct PlatePoint(double U, double V, double Xi, double Eta);
