using System.Globalization;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Local;

namespace AstroJobs.Imaging.Stacking.Landscape;

/// <summary>Integrates the same frames twice, laid on the stars and as the camera stood, and joins sky and ground by the mask.</summary>
internal static class LandscapeStack
{
    private const int StripRows = 32;

    /// <param name="notes">Is told how much is sky.</param>
    /// <returns>What was rejected of each frame in the sky.</returns>
    /// <exception cref="StackException">The frames are of several sizes.</exception>
    public static IReadOnlyList<RejectionCount> Run(StackSession session, StackPass pass, StripSink output, ICollection<string> notes)
    {
        var (plan, integration, frames) = pass;
        if (frames.Any(frame => (frame.Frame.Info.Width, frame.Frame.Info.Height) != (plan.Width, plan.Height)))
            throw new StackException("A ground that stands still needs frames of one size.", []);
        var landscape = session.Request.Landscape!;
        var standing = pass with { Frames = [.. frames.Select(frame => frame with { ToCanvas = FrameMap.Identity })] };
        using var ground = new PassPicture(session, KeptPart.Ground, standing);
        Integrator.Run(session, standing, ground);
        var mask = landscape.MaskPath is { } path ? SkyMask.Read(path, plan.Width, plan.Height) : SkyMaskFinder.Find(session, standing, ground);
        var only = new SkyOnly(mask.Shrunk(landscape.Feather / 2), frames);
        var local = integration.Normalization == StackNormalization.Local ? LocalFit.Of(session, pass, only) : null;
        using var sky = new PassPicture(session, KeptPart.Sky, pass);
        var rejected = Integrator.Run(session, pass with { Integration = integration with { Local = local, Sky = only } }, sky);
        mask = mask.Feathered(landscape.Feather);
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"{mask.SkyShare * 100:0} % of the picture is sky laid on its stars, the rest ground as the camera stood"));
        Join(plan, sky, ground, mask, output);
        return rejected;
    }

    private static void Join(StripPlan plan, PassPicture sky, PassPicture ground, SkyMask mask, StripSink output)
    {
        using var buffer = new PixelBuffer(3L * StripRows * plan.Width);
        for (var y = 0; y < plan.Height; y += StripRows)
        {
            var samples = Math.Min(StripRows, plan.Height - y) * plan.Width;
            var (above, below, parts) = (0L, (long)samples, 2L * samples);
            for (var row = 0; row < samples / plan.Width; row++)
                mask.Row(y + row, buffer.Slice(parts + ((long)row * plan.Width), plan.Width));
            for (var channel = 0; channel < plan.Channels; channel++)
            {
                sky.ReadRows(channel, y, buffer.Slice(above, samples));
                ground.ReadRows(channel, y, buffer.Slice(below, samples));
                Blend(buffer.Slice(above, samples), buffer.Slice(below, samples), buffer.Slice(parts, samples));
                output.Write(channel, y, buffer.Slice(above, samples));
            }
        }
    }

    /// <summary>Where the sky has no data, the ground stands for it.</summary>
    private static void Blend(Span<float> sky, ReadOnlySpan<float> ground, ReadOnlySpan<float> parts)
    {
        for (var i = 0; i < sky.Length; i++)
            sky[i] = float.IsNaN(sky[i]) ? ground[i] : float.IsNaN(ground[i]) ? sky[i] : (sky[i] * parts[i]) + (ground[i] * (1 - parts[i]));
    }
}
