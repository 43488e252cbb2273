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

    /// <summary>The first of the named slots that has no room; null when all have.</summary>
    public string? FirstTaken(IEnumerable<string> names) =>
        names.FirstOrDefault(name => Enumerable.Range(0, CapacityOf(name)).All(index => FolderLock.IsHeld(FileOf(name, index))));

    /// <summary>A job that has taken this slot; null when its file does not tell.</summary>
    public JobId? HolderOf(string name) =>
        Enumerable.Range(0, CapacityOf(name)).Select(index => FolderLock.ReadNote(FileOf(name, index))).FirstOrDefault(static holder => holder is not null);

    /// <summary>Takes a job's name out of the slots that it held when its worker was lost.</summary>
    public void Forget(IReadOnlyList<string> names, JobId holder)
    {
        foreach (var file in names.SelectMany(name => Enumerable.Range(0, CapacityOf(name)).Select(index => FileOf(name, index))))
        {
            using var slot = FolderLock.Acquire(file, Patience); // a dispatcher looks at it for a moment only
            if (slot?.ReadNote() == holder)
                slot.ClearNote();
        }
    }

    private FolderLock? TryAcquireOne(string name) =>
        Enumerable.Range(0, CapacityOf(name)).Select(index => FolderLock.TryAcquire(FileOf(name, index))).FirstOrDefault(static slot => slot is not null);

    private int CapacityOf(string name) => name == Cpu ? cpuSlots : 1;

    private string FileOf(string name, int index) => Path.Combine(Root, $"{SlotNames.Encode(name)}.{index.ToString(CultureInfo.InvariantCulture)}");
}
