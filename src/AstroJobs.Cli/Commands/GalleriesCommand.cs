using System.CommandLine;
using System.Text.Json;
using AstroJobs.Cli.Commands.Submit;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Galleries;

namespace AstroJobs.Cli.Commands;

/// <summary><c>galleries</c>: all of them, or the images of one.</summary>
internal static class GalleriesCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "Show the images of this gallery.", Arity = ArgumentArity.ZeroOrOne };
        var thumbnails = new Option<bool>("--thumbnails") { Description = $"Make small JPEGs (up to {GalleryThumbnails.LongestSide} pixels) of the images of NAME that have none yet, and tell their paths." };
        var command = new Command("galleries", "List the galleries under $GALLERY_ROOT, or the images of one.");
        command.Arguments.Add(name);
        command.Options.Add(thumbnails);
        command.Validators.Add(result =>
        {
            if (result.GetValue(thumbnails) && result.GetValue(name) is null)
                result.AddError("--thumbnails takes the name of a gallery.");
        });
        command.Runs((session, parsed) =>
        {
            if (parsed.GetValue(name) is { } one)
                ShowOne(session.Answer, Gallery.Open(GalleryOption.Place(one)!), parsed.GetValue(thumbnails));
            else
                ListAll(session.Answer, GalleryOption.Root());
            return ExitCode.Ok;
        });
        return command;
    }

    private static void ListAll(Answer answer, string root)
    {
        var galleries = Gallery.List(root);
        if (answer.IsJson)
            answer.Json(ok: true, writer => WriteAll(writer, root, galleries));
        else
            foreach (var gallery in galleries)
                answer.Text($"{gallery.Name}  {gallery.Images} images  {gallery.Results} results  {Amount.Of(gallery.Bytes)}  {(gallery.Newest is { } newest ? UtcTime.Text(newest) : "empty")}");
    }

    private static void WriteAll(Utf8JsonWriter writer, string root, IReadOnlyList<GallerySummary> galleries)
    {
        writer.WriteString("root", root);
        writer.WriteStartArray("galleries");
        foreach (var gallery in galleries)
        {
            writer.WriteStartObject();
            writer.WriteString("name", gallery.Name);
            writer.WriteNumber("images", gallery.Images);
            writer.WriteNumber("results", gallery.Results);
            writer.WriteNumber("bytes", gallery.Bytes);
            writer.WriteString("newest", gallery.Newest is { } newest ? UtcTime.Text(newest) : null);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void ShowOne(Answer answer, Gallery gallery, bool thumbnails)
    {
        var images = gallery.Images.Select(image => (File: new FileInfo(image), Thumbnail: thumbnails ? GalleryThumbnails.Make(gallery, image) : null)).ToList();
        if (!answer.IsJson)
        {
            foreach (var (file, thumbnail) in images)
                answer.Text($"{file.Name}  {Amount.Of(file.Length)}{(thumbnail is null ? "" : $"  {thumbnail}")}");
            return;
        }
        answer.Json(ok: true, writer =>
        {
            writer.WriteString("name", gallery.Name);
            writer.WriteString("folder", gallery.Folder);
            writer.WriteStartArray("images");
            foreach (var (file, thumbnail) in images)
            {
                writer.WriteStartObject();
                writer.WriteString("file", file.Name);
                writer.WriteNumber("bytes", file.Length);
                writer.WriteString("modified_at", UtcTime.Text(new DateTimeOffset(file.LastWriteTimeUtc)));
                writer.WriteString("thumbnail", thumbnail);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }
}
