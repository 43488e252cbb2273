namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>What gphoto2's messages mean. It can end with 0 and an error on stderr, so the words decide. Sources: gphoto2-result.h, gphoto2-port-result.h, and runs of 2.5.28.</summary>
internal static class Gphoto2Messages
{
    /// <summary>The first row of which a word is found explains the failure.</summary>
    private static readonly (Gphoto2Trouble Trouble, string What, string Hint, string[] Words)[] Known =
    [
        (Gphoto2Trouble.Held, "another program holds the camera",
            "On a desktop that is its photo import: run `gio mount -s gphoto2`, or stop gvfs-gphoto2-volume-monitor. Else look for another gphoto2, or a camera app on a phone.",
            ["Could not claim the USB device", "(-53:", "(-60:", "could not lock", "PTP Access Denied", "PTP Session Already Open", "io-library ('Unspecified error')"]), // the last: a PTP/IP camera that has another initiator
        (Gphoto2Trouble.CardFull, "the camera's card is full",
            "Empty it (`gphoto2 --get-all-files --delete-all-files --recurse`), or take frames with --capture-target ram.",
            ["PTP Store Full", "(-115:", "not enough free space", "Not enough free space"]),
        (Gphoto2Trouble.Busy, "the camera is busy",
            "Is it still writing to its card, or in a menu? Wait, or switch it off and on.",
            ["PTP Device Busy", "(-110:", "I/O in progress"]),
        (Gphoto2Trouble.Away, "the camera cannot be found",
            "Is it on and awake, its cable plugged in, its USB mode PTP? `astrojobs cameras` lists what is seen.",
            ["Could not detect any camera", "No camera found", "(-105:", "(-52:", "Connection refused", "Connection reset", "No route to host", "Network is unreachable",
                "Connection timed out", "(-7:", "I/O problem", "(-10:", "Timeout reading", "(-34:", "(-35:", "Could not find the requested device", "End of stream", "PTP I/O Error", "PTP Timeout"]),
        (Gphoto2Trouble.Impossible, "the camera cannot be released by a computer",
            "`gphoto2 --abilities` tells what it can do.",
            ["can not capture", "does not support generic capture", "(-6:"]),
        (Gphoto2Trouble.Failed, "the camera did not release",
            "Did it find no focus? Set its lens to manual focus, and its mode to M.",
            ["Out of Focus", "*UNKNOWN*", "auto-focus", "PTP General Error"]),
    ];

    /// <param name="said">All that it wrote to stderr, and to stdout where that belongs to the failure.</param>
    public static Gphoto2Exception Explain(string doing, string said)
    {
        foreach (var (trouble, what, hint, words) in Known)
            if (Array.Exists(words, word => said.Contains(word, StringComparison.Ordinal)))
                return new Gphoto2Exception(trouble, $"{doing}: {what}.{Quote(said)}", hint);
        return new Gphoto2Exception(Gphoto2Trouble.Failed, $"{doing}: gphoto2 did not say why.{Quote(said)}".Replace("gphoto2 did not say why. gphoto2 says", "gphoto2 says", StringComparison.Ordinal), "task.log has all it said.");
    }

    private static string Quote(string said)
    {
        var line = Array.FindLast(said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), static line => !line.StartsWith("*** Error", StringComparison.Ordinal) && !line.StartsWith("ERROR: Could not", StringComparison.Ordinal))
            ?? Array.FindLast(said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), static line => line.Length > 0);
        return line is null ? "" : $" gphoto2 says: {line}";
    }
}
