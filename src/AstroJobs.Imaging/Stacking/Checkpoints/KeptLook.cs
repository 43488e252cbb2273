using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Local;
using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>What the first look at a frame told: all but its header, which is read again.</summary>
/// <param name="Key">Of the file as it was, see <see cref="StackCheckpoint"/>.</param>
/// <param name="Background">Of <see cref="InspectedFrame.Background"/>; empty where there is none.</param>
/// <param name="Samples">Where its decoded samples lie in the scratch file; null when its rows come from its own file.</param>
internal sealed record KeptLook(string Key, StarField Field, IReadOnlyList<RobustLevel> Levels, float[] Background, IReadOnlyList<float>? CameraBalance, KeptSamples? Samples)
{
    /// <param name="info">Of the frame.</param>
    public SkyMesh? BackgroundOf(FrameInfo info) => Background.Length == 0 ? null : new SkyMesh(SkyMeshGrid.Coarse(info.Width, info.Height), Background);

    public void Write(BinaryWriter writer)
    {
        writer.Write(Key);
        writer.Write(Field.Width);
        writer.Write(Field.Height);
        writer.Write(Field.Background);
        writer.Write(Field.Noise);
        writer.Write(Field.Binning);
        writer.WriteAll<Star>([.. Field.Stars]);
        writer.WriteAll<RobustLevel>([.. Levels]);
        writer.WriteAll<float>(Background);
        writer.WriteAll<float>([.. CameraBalance ?? []]);
        writer.WriteAll<KeptSamples>(Samples is { } samples ? [samples] : []);
    }

    /// <exception cref="EndOfStreamException">It is torn.</exception>
    public static KeptLook Read(BinaryReader reader)
    {
        var key = reader.ReadString();
        var (width, height) = (reader.ReadInt32(), reader.ReadInt32());
        var (background, noise, binning) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32());
        var stars = reader.ReadAll<Star>();
        var levels = reader.ReadAll<RobustLevel>();
        var mesh = reader.ReadAll<float>();
        var balance = reader.ReadAll<float>();
        var samples = reader.ReadAll<KeptSamples>();
        return new KeptLook(key, new StarField(width, height, stars, background, noise, binning), levels, mesh, balance.Length > 0 ? balance : null, samples is [var only] ? only : null);
    }
}
