namespace AstroJobs.Imaging;

/// <summary>Where on Earth a picture was taken.</summary>
/// <param name="LatitudeDeg">North is positive.</param>
/// <param name="LongitudeDeg">East is positive.</param>
/// <param name="AltitudeM">Metres above sea level; null where it was not said.</param>
public sealed record GeoPosition(double LatitudeDeg, double LongitudeDeg, double? AltitudeM = null);
