namespace AstroJobs.Imaging.Rendering;

/// <summary>What is drawn with: a colour (0 … 1 each), how much it covers (0 … 1), and how wide, pixels.</summary>
public readonly record struct Ink(float Red, float Green, float Blue, float Cover = 1, double Width = 1.4);
