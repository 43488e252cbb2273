namespace AstroJobs.Kinds.Cameras;

/// <summary>One picture to take.</summary>
/// <param name="Index">Its number in the series, from 0.</param>
/// <param name="Exposure">Null: as the camera is set.</param>
/// <param name="Folder">Where its files go.</param>
/// <param name="Name">Their name without an ending.</param>
/// <param name="Format">The ending the file should have, without a dot (<c>fits</c>); a camera that has no choice gives its own.</param>
public sealed record ExposureRequest(int Index, TimeSpan? Exposure, FrameType Type, string Folder, string Name, string Format)
{
    /// <summary>The shutter is held open by us for <see cref="Exposure"/>, also where the camera has a time of its own that long.</summary>
    public bool IsBulb { get; init; }

    /// <summary>So many more frames of the same sort are asked for without a pause: a camera may begin them before.</summary>
    public int Following { get; init; }
}
