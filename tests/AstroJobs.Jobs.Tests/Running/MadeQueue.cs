using AstroJobs.Jobs.Running;

namespace AstroJobs.Jobs.Tests.Running;

/// <summary>A machine with slots, and jobs that wait for them, as values: what <see cref="DispatchPlan"/> decides about, without a disk.</summary>
internal sealed class MadeQueue(int cpuSlots)
{
    private readonly List<Job> _jobs = [];

    /// <summary>In the order of their starts.</summary>
    public List<Job> Started { get; } = [];

    public IEnumerable<Job> Waiting => _jobs.Where(static job => job.State == JobState.Queued);

    public IEnumerable<Job> Running => _jobs.Where(static job => job.State == JobState.Processing);

    /// <summary>How many entries of the lines the last dispatch asked for.</summary>
    public int EntriesRead { get; private set; }

    public Job Add(int priority, string[] slots, Job? after = null)
    {
        var id = JobId.Parse($"0193b0a1c2d37e4f8a9b0c1d{_jobs.Count:x8}");
        var job = new Job(new QueueEntry(QueueEntry.NameOf(priority, id), id), slots, after);
        _jobs.Add(job);
        return job;
    }

    public int CapacityOf(string slot) => slot == "cpu" ? cpuSlots : 1;

    public int Held(string slot) => Running.Sum(job => job.Count(slot));

    public int Free(string slot) => CapacityOf(slot) - Held(slot);

    public bool IsPossible(Job job) => job.Slots.All(slot => job.Count(slot) <= CapacityOf(slot));

    /// <summary>What a dispatcher does.</summary>
    public void Dispatch()
    {
        EntriesRead = 0;
        var plan = new DispatchPlan(Lines(), slot => new SlotRoom(CapacityOf(slot), Free(slot)));
        while (plan.Next() is { } turn)
        {
            var job = _jobs.Single(one => one.Entry == turn.Entry);
            var outcome = !job.IsReady ? TurnOutcome.Waits : turn.MayStart ? TurnOutcome.Started : TurnOutcome.Blocked;
            if (outcome == TurnOutcome.Started)
                Start(job);
            plan.Settle(turn, outcome);
        }
    }

    private void Start(Job job)
    {
        job.State = JobState.Processing;
        Started.Add(job);
    }

    private List<QueueLine> Lines() =>
        [.. Waiting.GroupBy(static job => SlotNames.Encode(job.Slots)).Select(line => new QueueLine(SlotNames.Decode(line.Key), () => Count(line.Select(static job => job.Entry))))];

    private IEnumerable<QueueEntry> Count(IEnumerable<QueueEntry> entries)
    {
        foreach (var entry in entries.OrderBy(static entry => entry.Rank, StringComparer.Ordinal).ToList())
        {
            EntriesRead++;
            yield return entry;
        }
    }

    internal sealed class Job(QueueEntry entry, string[] slots, Job? after)
    {
        public QueueEntry Entry => entry;

        public string[] Slots => slots;

        public Job? After => after;

        public JobState State { get; set; } = JobState.Queued;

        /// <summary>It waits for nothing but slots.</summary>
        public bool IsReady => State == JobState.Queued && After is null or { State: JobState.Done };

        public int Count(string slot) => Slots.Count(name => name == slot);

        public bool ComesBefore(Job other) => string.CompareOrdinal(Entry.Rank, other.Entry.Rank) < 0;

        public override string ToString() => $"{Entry.Rank} ({string.Join('+', Slots)})";
    }
}
