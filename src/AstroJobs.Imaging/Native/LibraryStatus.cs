namespace AstroJobs.Imaging.Native;

/// <summary>Whether a native image library is here.</summary>
/// <param name="Name">As its authors write it, such as "libjpeg-turbo".</param>
/// <param name="Soname">The file that was found, or null where none of the candidates loads.</param>
/// <param name="Package">The Debian package that brings it.</param>
public sealed record LibraryStatus(string Name, string? Soname, string Package);
