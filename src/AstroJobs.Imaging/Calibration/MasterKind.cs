namespace AstroJobs.Imaging.Calibration;

/// <summary>What a calibration frame shows.</summary>
public enum MasterKind
{
    Bias,
    Dark,
    DarkFlat,
    Flat,
}
