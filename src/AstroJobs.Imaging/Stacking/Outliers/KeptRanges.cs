using System.Numerics;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>A <see cref="KeptRange"/> in each lane.</summary>
internal readonly record struct KeptRanges(Vector<int> First, Vector<int> End);
