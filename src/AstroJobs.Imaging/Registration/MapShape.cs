namespace AstroJobs.Imaging.Registration;

/// <summary>A model with as many numbers as it has: how a frame may differ from the reference.</summary>
/// <param name="Order">Of a distortion's polynomial; 0 for the other models.</param>
internal readonly record struct MapShape(TransformModel Model, int Order = 0)
{
    private static readonly MapShape[] All =
    [
        new(TransformModel.Shift),
        new(TransformModel.Similarity),
        new(TransformModel.Affine),
        new(TransformModel.Homography),
        .. Enumerable.Range(2, LensBend.HighestOrder - 1).Select(order => new MapShape(TransformModel.Distortion, order)),
    ];

    public int Parameters => Model switch
    {
        TransformModel.Shift => 2,
        TransformModel.Similarity => 4,
        TransformModel.Affine => 6,
        TransformModel.Homography => 8,
        _ => 8 + (2 * LensBend.TermsOf(Order)),
    };

    /// <summary>Stars without which it would be drawn by their errors.</summary>
    public int FewestPairs => Model switch
    {
        TransformModel.Shift => 2,
        TransformModel.Similarity => 4,
        TransformModel.Affine => 8,
        TransformModel.Homography => 12,
        _ => 2 * Parameters,
    };

    /// <summary>What may be chosen among when this model is asked for, simplest first.</summary>
    public static IEnumerable<MapShape> Choices(TransformModel wanted) =>
        wanted == TransformModel.Auto ? All : All.Where(shape => shape.Model == wanted);

    /// <summary>What leads from a similarity to this model step by step.</summary>
    public static IEnumerable<MapShape> Ladder(TransformModel wanted) => wanted switch
    {
        TransformModel.Auto or TransformModel.Distortion => All.Where(shape => shape.Model is TransformModel.Affine or TransformModel.Distortion),
        TransformModel.Homography => All.Where(shape => shape.Model is TransformModel.Affine or TransformModel.Homography),
        TransformModel.Affine => All.Where(shape => shape.Model == TransformModel.Affine),
        _ => [],
    };
}
