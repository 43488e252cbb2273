using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Rendering;

/// <summary>A small JPEG of any picture file, brightened for the eye where the file has more than eight bits.</summary>
public static class Thumbnail
{
    private const int Quality = 85;

    /// <param name="longestSide">Pixels; a picture that is smaller keeps its size.</param>
    /// <exception cref="ImageException">The file is torn or cannot be read.</exception>
    public static void Write(string picture, string path, int longestSide)
    {
        var (width, height) = Size(picture, longestSide);
        var pixels = new FittedPicture(width, height, PictureStretch.Auto).Read(picture);
        using var frame = new Frame(width, height, 3);
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = frame.Plane(channel);
            for (var i = 0; i < plane.Length; i++)
                plane[i] = pixels[(3 * i) + channel] / 255f;
        }
        ImageFile.Write(path, frame, SampleFormat.UInt8, Quality);
    }

    private static (int Width, int Height) Size(string picture, int longestSide)
    {
        using var reader = ImageFile.Open(picture);
        var (width, height) = (reader.Info.Width, reader.Info.Height);
        var scale = Math.Min(1, (double)longestSide / Math.Max(width, height));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }
}
