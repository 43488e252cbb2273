namespace AstroJobs.Imaging;

/// <summary>A rectangle of a picture in whole pixels, counted from its top left one.</summary>
public readonly record struct FrameArea(int Left, int Top, int Width, int Height);
