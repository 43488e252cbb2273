namespace AstroJobs.Imaging.Stacking;

/// <summary>How the frames are brought to the level of the reference before their samples are compared: l is the sky's level, s its scatter.</summary>
public enum StackNormalization
{
    /// <summary>Additive with scaling where samples are rejected, else none.</summary>
    Auto,

    /// <summary>Samples stay as they are.</summary>
    None,

    /// <summary>Place by place: x + (the median background of all frames there − its own there). Takes out clouds that drift through; of no use where the background is what is wanted.</summary>
    Local,

    /// <summary>x + (l of the reference − l).</summary>
    Additive,

    /// <summary>x · (l of the reference / l).</summary>
    Multiplicative,

    /// <summary>(x − l) · (s of the reference / s) + l of the reference. Of a frame whose sky has another shape than that of the others (a cloud, a glow) l follows it place by place.</summary>
    AdditiveScaling,

    /// <summary>x · (l of the reference / l) · (s of the reference / s).</summary>
    MultiplicativeScaling,
}
