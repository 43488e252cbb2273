using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Stacking.Integrating;

namespace AstroJobs.Imaging.Stacking.Live;

/// <summary>Lays strips into a scratch picture.</summary>
internal sealed class PictureSink(ScratchPicture picture) : StripSink
{
    public override void Write(int channel, int firstRow, ReadOnlySpan<float> rows) => picture.WriteRows(channel, firstRow, rows);
}
