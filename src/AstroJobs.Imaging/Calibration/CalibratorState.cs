namespace AstroJobs.Imaging.Calibration;

/// <summary>What a calibrator has gathered over the lights so far.</summary>
/// <param name="Scales">The least and the greatest factor of the dark; null when none was scaled.</param>
internal sealed record CalibratorState(IReadOnlyList<string> Notes, (double Least, double Greatest)? Scales)
{
    public static CalibratorState None { get; } = new([], null);

    public void Write(BinaryWriter writer)
    {
        writer.Write(Notes.Count);
        foreach (var note in Notes)
            writer.Write(note);
        writer.Write(Scales is not null);
        writer.Write(Scales?.Least ?? 0);
        writer.Write(Scales?.Greatest ?? 0);
    }

    public static CalibratorState Read(BinaryReader reader)
    {
        var notes = new string[reader.ReadInt32()];
        for (var i = 0; i < notes.Length; i++)
            notes[i] = reader.ReadString();
        var isScaled = reader.ReadBoolean();
        var scales = (reader.ReadDouble(), reader.ReadDouble());
        return new CalibratorState(notes, isScaled ? scales : null);
    }
}
