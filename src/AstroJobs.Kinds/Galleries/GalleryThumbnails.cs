using AstroJobs.Imaging;
using AstroJobs.Imaging.Rendering;

namespace AstroJobs.Kinds.Galleries;

/// <summary>Small JPEGs of a gallery's images, made when somebody asks, and again when an image is newer.</summary>
public static class GalleryThumbnails
{
    public const int LongestSide = 300;

    /// <returns>The path of the thumbnail; null for an image that cannot be read.</returns>
    public static string? Make(Gallery gallery, string image)
    {
        var path = Path.Combine(Gallery.MakeFolder(Path.Combine(gallery.Folder, Gallery.Thumbnails)), $"{Path.GetFileName(image)}.jpg");
        var known = new FileInfo(path);
        if (known.LinkTarget is null && known.Exists && known.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(image))
            return path;
        try
        {
            Thumbnail.Write(image, path, LongestSide);
            return path;
        }
        catch (ImageException)
        {
            return null;
        }
    }
}
