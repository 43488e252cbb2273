namespace AstroJobs.Imaging;

/// <summary>A native image library is not installed; the message names the command that installs it.</summary>
public sealed class MissingLibraryException(string library, string package)
    : ImageException($"The library {library} is not installed. Install it: sudo apt-get install {package}")
{
    /// <summary>The library's name as its authors write it, such as "CFITSIO".</summary>
    public string Library { get; } = library;

    /// <summary>The Debian package that brings it.</summary>
    public string Package { get; } = package;
}
