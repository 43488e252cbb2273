namespace AstroJobs.Kinds.Extract;

/// <summary>Something that lies in the field.</summary>
/// <param name="Id">Its shortest designation: M 42, NGC 2024, α Ori, Ori, Jupiter.</param>
/// <param name="Type">What it is, in words.</param>
/// <param name="X">Pixels from the centre of the left column.</param>
/// <param name="Y">Pixels downwards from the centre of the top row.</param>
/// <param name="SepArcmin">From the middle of the picture.</param>
/// <param name="SizeArcmin">Its longer side.</param>
public sealed record FieldObject(
    string Name, string Id, string Type, double RaDeg, double DecDeg, double X, double Y, double SepArcmin, double? SizeArcmin, double? Mag, IReadOnlyList<string>? Designations = null);
