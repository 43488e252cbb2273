using System.Text;

namespace AstroJobs.Jobs.Running;

/// <summary>What a job holds while it runs: what its kind says, and what its caller asked for besides.</summary>
internal static class RequestedSlots
{
    private const int MaxNameBytes = 80; // three times as long when every byte must be escaped
    private const int MaxFileName = 255;
    private const int MaxCount = 64; // each is an open file that is handed to the worker

    /// <exception cref="JobException"><c>usage</c>, <c>bad_input</c>: nobody could ever give the job what it asks for.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> kindSlots, JobLabels labels, int cpuSlots)
    {
        var slots = new List<string>(kindSlots);
        if (labels.CpuSlots is { } count)
        {
            CheckCount(count, kindSlots, cpuSlots);
            slots.AddRange(Enumerable.Repeat(Slots.Cpu, count - 1));
        }
        foreach (var name in labels.Exclusive)
        {
            CheckName(name);
            if (!slots.Contains(Slots.Exclusive + name))
                slots.Add(Slots.Exclusive + name);
        }
        if (slots.Count > kindSlots.Count && (slots.Count > MaxCount || SlotNames.Encode(slots).Length > MaxFileName))
            throw new JobException(ErrorCode.BadInput, "The job asks for too many slots, or their names are too long together.", "Give its exclusive resources shorter names, or fewer of them.");
        return slots;
    }

    private static void CheckCount(int count, IReadOnlyList<string> kindSlots, int cpuSlots)
    {
        if (!kindSlots.Contains(Slots.Cpu))
        {
            var held = kindSlots.Count == 0 ? "holds no slot" : $"holds '{kindSlots[0]}'";
            throw new JobException(ErrorCode.Usage, $"--slots is for jobs that share the processor; this one {held}, of which there is no more than one.", "Leave out --slots.");
        }
        if (count < 1)
            throw new JobException(ErrorCode.Usage, "A job needs one slot or more.", "Leave out --slots.");
        if (count > cpuSlots || count > MaxCount)
            throw new JobException(ErrorCode.BadInput, $"The job asks for {count} slots of the processor; there are {Math.Min(cpuSlots, MaxCount)}, so it would never start.", $"ASTROJOBS_CPU_SLOTS says how many there are (now {cpuSlots}).");
    }

    private static void CheckName(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) is 0 or > MaxNameBytes)
            throw new JobException(ErrorCode.BadInput, $"'{name}' cannot be an exclusive resource.", $"Give it a name of 1 to {MaxNameBytes} bytes, for example mount.");
    }
}
