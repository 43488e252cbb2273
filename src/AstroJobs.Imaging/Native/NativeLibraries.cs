using System.Reflection;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Native;

/// <summary>The one table of native image libraries: the sonames that are known to fit our declarations, and the package that brings each.</summary>
public static class NativeLibraries
{
    internal const string TurboJpeg = "turbojpeg";
    internal const string LibPng = "png16";
    internal const string LibTiff = "tiff";
    internal const string CFitsio = "cfitsio";
    internal const string LibRaw = "raw";

    // Newest first. Debian 11 to 13, Raspberry Pi OS and Ubuntu 20.04 to 24.04 have one of these.
    private static readonly Entry[] Table =
    [
        new(TurboJpeg, "libjpeg-turbo", ["libturbojpeg.so.0"], "libturbojpeg0"),
        new(LibPng, "libpng", ["libpng16.so.16"], "libpng16-16"),
        new(LibTiff, "libtiff", ["libtiff.so.6", "libtiff.so.5"], "libtiff6"),
        new(CFitsio, "CFITSIO", ["libcfitsio.so.10", "libcfitsio.so.9"], "libcfitsio10"),
        new(LibRaw, "LibRaw", ["libraw_r.so.24", "libraw_r.so.23", "libraw_r.so.20", "libraw_r.so.19"], "libraw20"), // _r: the one made for threads
    ];

    private static readonly Lazy<bool> Registered = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
        return true;
    });

    /// <summary>Tries every library; loads what is found and throws for none.</summary>
    public static IReadOnlyList<LibraryStatus> Check() =>
        [.. Table.Select(entry => new LibraryStatus(entry.Name, entry.Sonames.FirstOrDefault(soname => NativeLibrary.TryLoad(soname, out _)), entry.Package))];

    /// <summary>Called by the static constructor of each class of declarations, before its first import is bound.</summary>
    internal static void Register() => _ = Registered.Value;

    /// <exception cref="MissingLibraryException">None of the candidates loads.</exception>
    internal static nint Load(string name, IEnumerable<string> sonames, string package)
    {
        foreach (var soname in sonames)
        {
            if (NativeLibrary.TryLoad(soname, out var library))
                return library;
        }
        throw new MissingLibraryException(name, package);
    }

    private static nint Resolve(string import, Assembly assembly, DllImportSearchPath? searchPath) =>
        Array.Find(Table, entry => entry.Import == import) is { } found ? Load(found.Name, found.Sonames, found.Package) : 0;

    private sealed record Entry(string Import, string Name, string[] Sonames, string Package);
}
