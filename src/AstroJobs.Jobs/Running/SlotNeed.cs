namespace AstroJobs.Jobs.Running;

/// <summary>A slot that a job holds while it runs, and how many of it.</summary>
internal sealed record SlotNeed(string Name, int Count)
{
    /// <summary>
    /// <c>cpu, cpu, camera:sim</c> as <c>camera:sim</c> once and <c>cpu</c> twice. Always in the same order, the processor last: in this order
    /// room is kept for a waiting job, so that nothing that many share stands idle for the sake of something that is taken for hours.
    /// </summary>
    public static IReadOnlyList<SlotNeed> Of(IReadOnlyList<string> slots)
    {
        var needs = new List<SlotNeed>();
        foreach (var name in slots)
        {
            var known = needs.FindIndex(need => need.Name == name);
            if (known < 0)
                needs.Add(new SlotNeed(name, 1));
            else
                needs[known] = new SlotNeed(name, needs[known].Count + 1);
        }
        if (needs.Count > 1)
            needs.Sort(static (one, other) => (one.Name == Slots.Cpu).CompareTo(other.Name == Slots.Cpu) is not 0 and var side ? side : string.CompareOrdinal(one.Name, other.Name));
        return needs;
    }
}
