namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>
/// The glows a beginner points a camera at, as a few ellipses each. Places and sizes after the Messier and NGC catalogues;
/// brightness and colour chosen to look as in photographs.
/// </summary>
internal static class Nebulae
{
    private static readonly StarColour Hydrogen = new(2.1f, 1, 1.15f);
    private static readonly StarColour Oxygen = new(1.25f, 1.1f, 1.1f);
    private static readonly StarColour Reflected = new(0.75f, 1, 1.5f);
    private static readonly StarColour Dusty = new(2.0f, 1, 0.7f);
    private static readonly StarColour OldStars = new(1.2f, 1, 0.8f);
    private static readonly StarColour YoungStars = new(0.95f, 1, 1.1f);

    public static IReadOnlyList<Nebula> All { get; } =
    [
        new("M42 core", 83.82, -5.39, 3.2, 2.4, 60, 17.6, Oxygen, 0.25),
        new("M42", 83.79, -5.42, 9, 7, 30, 19.6, Hydrogen, 0.6),
        new("M42 wings", 83.74, -5.50, 19, 15, 20, 21.4, Hydrogen, 0.75),
        new("M43", 83.88, -5.27, 3.5, 3, 0, 19.9, Hydrogen, 0.5),
        new("NGC 1977", 83.85, -4.83, 10, 6, 80, 21.3, Reflected, 0.7),
        new("NGC 2024", 85.45, -1.87, 8, 7, 0, 20.9, Dusty, 0.8),
        new("IC 434", 85.25, -2.50, 26, 6, 175, 21.9, Hydrogen, 0.5),
        new("M78", 86.69, 0.08, 3.5, 2.5, 40, 20.6, Reflected, 0.4),
        new("NGC 1990", 84.05, -1.20, 18, 14, 0, 22.8, Reflected, 0.6),
        new("M31 core", 10.685, 41.269, 5, 3, 35, 18.8, OldStars, 0),
        new("M31", 10.685, 41.269, 38, 10, 35, 21.0, OldStars, 0.25),
        new("M33", 23.462, 30.660, 14, 9, 23, 21.6, YoungStars, 0.5),
        new("M45", 56.75, 24.05, 24, 20, 0, 22.0, Reflected, 0.7),
        new("M1", 83.633, 22.014, 2, 1.4, 125, 20.0, Hydrogen, 0.4),
        new("NGC 2237", 97.98, 4.95, 25, 24, 0, 21.7, Hydrogen, 0.7),
        new("M8", 270.92, -24.38, 14, 8, 95, 20.2, Hydrogen, 0.6),
        new("M20", 270.63, -23.03, 5, 5, 0, 20.4, Hydrogen, 0.6),
        new("M17", 275.20, -16.17, 7, 4, 100, 19.6, Hydrogen, 0.5),
        new("M16", 274.70, -13.80, 8, 6, 0, 20.6, Hydrogen, 0.7),
        new("M27", 299.901, 22.721, 2, 1.6, 30, 19.6, Oxygen, 0.2),
        new("NGC 6960", 311.4, 30.7, 30, 2, 170, 22.0, Oxygen, 0.7),
        new("NGC 7000", 314.75, 44.33, 42, 34, 0, 21.7, Hydrogen, 0.8),
        new("M13", 250.423, 36.461, 2.6, 2.6, 0, 18.8, OldStars, 0.1),
        new("Omega Centauri", 201.697, -47.480, 6, 5, 100, 18.8, OldStars, 0.1),
        new("47 Tucanae", 6.024, -72.081, 4.5, 4.5, 0, 18.2, OldStars, 0.1),
        new("Large Magellanic Cloud", 80.9, -69.75, 130, 70, 110, 21.4, YoungStars, 0.5),
        new("Small Magellanic Cloud", 13.2, -72.8, 65, 40, 45, 21.8, YoungStars, 0.4),
        new("Carina Nebula", 161.27, -59.87, 28, 24, 120, 20.4, Hydrogen, 0.75),
    ];
}
