namespace AstroJobs.Imaging;

/// <summary>A failure for people: what could not be done, on which file, why, and what to do now.</summary>
public class ImageException : Exception
{
    public ImageException(string message) : base(message)
    {
    }

    public ImageException(string message, Exception inner) : base(message, inner)
    {
    }
}
