using System.Globalization;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// What jobs must not share: <c>cpu</c> as often as the machine allows, everything else once. A slot is a locked file that the worker
/// holds for life, so it is free the moment the worker is gone.
/// </summary>
internal sealed class Slots(JobStore store, int cpuSlots)
{
    public const string Cpu = "cpu";

    /// <summary>What a resource that the caller names for itself begins with.</summary>
    public const string Exclusive = "exclusive:";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private string Root => Path.Combine(store.Engine, "slots");

    /// <summary>Takes all of the named slots or none: null when one of them is taken.</summary>
    public IReadOnlyList<FolderLock>? TryAcquire(IReadOnlyList<string> names)
    {
        Directory.CreateDirectory(Root);
        var held = new List<FolderLock>();
        foreach (var name in names)
        {
            if (TryAcquireOne(name) is { } slot)
            {
                held.Add(slot);
                continue;
            }
            held.ForEach(static other => other.Dispose());
            return null;
        }
        return held;
    }

    /// <summary>Takes nothing. Only who dispatches takes slots, one at a time: for him the room can only grow.</summary>
    public SlotRoom Look(string name)
    {
        var capacity = CapacityOf(name);
        var free = capacity;
        for (var index = 0; index < capacity; index++)
            free -= FolderLock.IsHeld(FileOf(name, index)) ? 1 : 0;
        return new SlotRoom(capacity, free);
    }

    /// <summary>The first of the needed slots that has too little room; null when all have enough.</summary>
    public string? FirstTaken(IReadOnlyList<SlotNeed> needs)
    {
        foreach (var need in needs)
            if (Look(need.Name).Free < need.Count)
                return need.Name;
        return null;
    }

    /// <summary>A job that has taken this slot; null when its file does not tell.</summary>
    public JobId? HolderOf(string name)
    {
        for (var index = 0; index < CapacityOf(name); index++)
            if (FolderLock.ReadNote(FileOf(name, index)) is { } holder)
                return holder;
        return null;
    }

    /// <summary>Takes a job's name out of the slots that it held when its worker was lost.</summary>
    public void Forget(IReadOnlyList<string> names, JobId holder)
    {
        foreach (var file in names.Distinct().SelectMany(name => Enumerable.Range(0, CapacityOf(name)).Select(index => FileOf(name, index))))
        {
            using var slot = FolderLock.Acquire(file, Patience); // a dispatcher looks at it for a moment only
            if (slot?.ReadNote() == holder)
                slot.ClearNote();
        }
    }

    private FolderLock? TryAcquireOne(string name)
    {
        for (var index = 0; index < CapacityOf(name); index++)
            if (FolderLock.TryAcquire(FileOf(name, index)) is { } slot)
                return slot;
        return null;
    }

    private int CapacityOf(string name) => name == Cpu ? cpuSlots : 1;

    private string FileOf(string name, int index) => Path.Combine(Root, $"{SlotNames.Encode(name)}.{index.ToString(CultureInfo.InvariantCulture)}");
}
