using System.Globalization;

namespace AstroJobs.Imaging.Stacking;

/// <summary>The frames that have no part in the picture, as they drop out. One thread at a time.</summary>
internal sealed class LeftOutFrames(IReadOnlyList<StackInput> inputs)
{
    private const int MostNamed = 3;

    private readonly List<LeftOutFrame> _frames = [];

    public void Add(LeftOutFrame frame) => _frames.Add(frame);

    /// <summary>In the order of the inputs.</summary>
    public IReadOnlyList<LeftOutFrame> InOrder()
    {
        var order = inputs.Select((input, index) => (input.Path, index)).DistinctBy(pair => pair.Path).ToDictionary(pair => pair.Path, pair => pair.index);
        return [.. _frames.OrderBy(frame => order[frame.Path])];
    }

    /// <exception cref="StackException">There are fewer.</exception>
    public void RefuseFewerThanTwo(int usable)
    {
        if (usable >= 2)
            return;
        var reasons = string.Join("; ", InOrder().Take(MostNamed).Select(frame => $"{Path.GetFileName(frame.Path)}: {frame.Reason}"));
        throw new StackException(
            string.Create(CultureInfo.InvariantCulture, $"{usable} of {inputs.Count} frames can be used, and a stack needs two. Left out: {reasons}"), InOrder());
    }
}
