using System.Globalization;

namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>What is unusual about how frames were read and lie on the reference, in words.</summary>
internal static class RegistrationNotes
{
    private const double AboutHalfATurn = 170; // degrees
    private const int MostNames = 5;

    /// <param name="through">Frames that share too few stars with the reference, with the frame over which they were laid on it.</param>
    /// <param name="byPicture">Frames with too few stars.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<RegisteredFrame> frames, IReadOnlyList<string> through, IReadOnlyList<string> byPicture)
    {
        var notes = new List<string>();
        Tell(frames.Where(frame => !frame.Pose.IsMirrored && Math.Abs(frame.Pose.RotationDegrees) > AboutHalfATurn), "turned by half a turn against the reference (meridian flip): turned back");
        Tell(frames.Where(frame => frame.Pose.IsMirrored), "mirrored against the reference: flipped back");
        if (through.Count > 0)
            notes.Add(Told(through, frames.Count, "laid on the reference over another frame, since they share too few stars with it"));
        if (byPicture.Count > 0)
            notes.Add(Told(byPicture, frames.Count, "laid on the reference by the whole picture, shifted only, since too few stars were found"));
        return notes;

        void Tell(IEnumerable<RegisteredFrame> those, string what)
        {
            string[] names = [.. those.Select(frame => Path.GetFileName(frame.Frame.Path))];
            if (names.Length > 0)
                notes.Add(Told(names, frames.Count, what));
        }
    }

    /// <summary>What of their files was not taken.</summary>
    public static IEnumerable<string> OfFiles(IReadOnlyList<RegisteredFrame> frames)
    {
        string[] fuller = [.. frames.Where(frame => frame.Frame.Info.Metadata.UnreadPictures > 0).Select(frame => Path.GetFileName(frame.Frame.Path))];
        string[] stacks = [.. frames.Where(frame => frame.Frame.Info.Metadata.StackCount > 1).Select(frame => Path.GetFileName(frame.Frame.Path))];
        return [
            .. frames.Select(frame => frame.Frame.Info.Metadata.Trimmed).OfType<string>().Distinct(),
            .. fuller.Length > 0 ? [Told(fuller, frames.Count, "the first of several pictures in the file, and the only one that was read")] : (string[])[],
            .. stacks.Length > 0 && stacks.Length < frames.Count ? [Told(stacks, frames.Count, "a stack of frames itself: an earlier result among the frames?")] : (string[])[],
        ];
    }

    /// <summary><c>2 of 9 frames are … (a.fits, b.fits)</c>; of many names the first few.</summary>
    public static string Told(IReadOnlyList<string> names, int all, string what)
    {
        var more = names.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{names.Count} of {all} frames {(names.Count == 1 ? "is" : "are")} {what} ({string.Join(", ", names.Take(MostNames))}{more})");
    }
}
