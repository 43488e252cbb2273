using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>A picture that is made on the way to the result; where strips are worth keeping, it goes on from those of an earlier run.</summary>
internal sealed class PassPicture : StripSink, IDisposable
{
    private readonly KeptPicture? _kept;
    private readonly ScratchPicture _picture;

    /// <param name="frames">As they are laid on it.</param>
    public PassPicture(KeptPart part, StackRequest request, StackCheckpoint? checkpoint, StripPlan plan, Integration integration, IReadOnlyList<RegisteredFrame> frames)
    {
        _kept = KeptPicture.Open(checkpoint, part, plan, integration, frames);
        _picture = _kept?.Picture ?? new ScratchPicture(Path.Combine(request.WorkFolder, $"{part}.scratch"), plan.Width, plan.Height, keep: false);
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
