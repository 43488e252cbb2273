using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Stacking.Checkpoints;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>A picture that is made on the way to the result; where strips are worth keeping, it goes on from those of an earlier run.</summary>
internal sealed class PassPicture : StripSink, IDisposable
{
    private readonly KeptPicture? _kept;
    private readonly ScratchPicture _picture;

    /// <param name="pass">That makes it.</param>
    public PassPicture(StackSession session, KeptPart part, StackPass pass)
    {
        _kept = KeptPicture.Open(session.Checkpoint, part, pass);
        _picture = _kept?.Picture ?? new ScratchPicture(Path.Combine(session.Request.WorkFolder, $"{part}.scratch"), pass.Plan.Width, pass.Plan.Height, keep: false);
    }

    public override KeptStrips Finished => _kept?.Strips ?? KeptStrips.None;

    public override void Write(int channel, int firstRow, ReadOnlySpan<float> rows) => _picture.WriteRows(channel, firstRow, rows);

    public override void Keep(KeptStrips strips) => _kept?.Keep(strips);

    public void ReadRows(int channel, int firstRow, Span<float> rows) => _picture.ReadRows(channel, firstRow, rows);

    public void Dispose()
    {
        _picture.Dispose();
        _kept?.Dispose();
    }
}
