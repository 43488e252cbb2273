using System.CommandLine;
using AstroJobs.Jobs.Store;
using AstroJobs.Kinds.Galleries;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary><c>--gallery NAME</c>, under $GALLERY_ROOT.</summary>
internal static class GalleryOption
{
    private const string Shared = "/srv/astro_galleries";

    public static Option<string?> Create(string description) => new("--gallery") { Description = description, HelpName = "NAME" };

    public static GalleryPlace? Place(string? name) => name is null ? null : new GalleryPlace(name, Root());

    /// <summary>$GALLERY_ROOT, else /srv/astro_galleries where it exists and can be written, else $XDG_DATA_HOME/astrojobs-galleries.</summary>
    public static string Root()
    {
        if (Environment.GetEnvironmentVariable("GALLERY_ROOT") is { Length: > 0 } root)
            return Path.GetFullPath(root);
        if (Directory.Exists(Shared) && FolderAccess.CanWrite(Shared))
            return Shared;
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } named ? named : Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? Path.GetTempPath(), ".local", "share");
        return Path.GetFullPath(Path.Combine(data, "astrojobs-galleries"));
    }
}
