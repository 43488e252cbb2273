namespace AstroJobs.Jobs.Running;

/// <summary>
/// Whose turn it is, decided on values alone: over all lines by priority, then age. A job that could start but finds no room keeps what there is
/// of its slots from those after it, one slot after the other in the order of <see cref="SlotNeed.Of"/> up to the first that it lacks: so narrow
/// jobs never starve a wide one, and a processor is not kept idle for who waits for a camera. A job that waits for anything but slots keeps nothing.
/// A line is read only when that can matter: one whose first slot is taken costs one look at it, however long it is.
/// </summary>
internal sealed class DispatchPlan
{
    private readonly Func<string, SlotRoom> _look;
    private readonly Dictionary<string, int> _free = [];
    private readonly Dictionary<string, int> _capacity = [];
    private readonly Dictionary<string, QueueEntry> _keptFor = [];
    private readonly List<Place> _places = []; // whose turn comes first stands last

    /// <param name="look">The room of a slot when the plan is made; asked once a slot.</param>
    public DispatchPlan(IEnumerable<QueueLine> lines, Func<string, SlotRoom> look)
    {
        _look = look;
        foreach (var line in lines)
            if (CanMatter(line.Needs))
                Insert(new Place(line));
    }

    /// <summary>The next job to try; null when no more can start. <see cref="Settle"/> follows.</summary>
    public QueueTurn? Next()
    {
        for (; _places.Count > 0; _places.RemoveAt(_places.Count - 1))
            if (_places[^1] is var first && CanMatter(first.Line.Needs))
                return new QueueTurn(first.Line, first.Head!, Fits(first.Line.Needs));
        return null;
    }

    /// <summary>Says what came of the turn that <see cref="Next"/> gave.</summary>
    public void Settle(QueueTurn turn, TurnOutcome outcome)
    {
        var place = _places[^1];
        _places.RemoveAt(_places.Count - 1);
        if (outcome == TurnOutcome.Blocked)
        {
            Keep(turn.Line.Needs, turn.Entry);
            return; // those behind it in its line need the same: they wait for it
        }
        if (outcome == TurnOutcome.Started)
            Take(turn.Line.Needs);
        place.Advance();
        Insert(place);
    }

    /// <summary>A slot that jobs with these needs lack now; null when there is room.</summary>
    public string? Lacking(IReadOnlyList<SlotNeed> needs)
    {
        foreach (var need in needs)
            if (FreeOf(need.Name) < need.Count)
                return need.Name;
        return null;
    }

    /// <summary>The job that a free slot is kept for.</summary>
    public JobId? KeptFor(string slot) => _keptFor.TryGetValue(slot, out var entry) ? entry.Job : null;

    private bool Fits(IReadOnlyList<SlotNeed> needs) => Lacking(needs) is null;

    /// <summary>
    /// Whether such a job could start now, or keep something for itself. Not one that needs more than this dispatcher's settings offer:
    /// it waits for a dispatcher with others, and must not stop all who come after it.
    /// </summary>
    private bool CanMatter(IReadOnlyList<SlotNeed> needs)
    {
        foreach (var need in needs)
            if (FreeOf(need.Name) < need.Count && _capacity[need.Name] < need.Count)
                return false;
        return needs.Count == 0 || FreeOf(needs[0].Name) > 0;
    }

    private void Take(IReadOnlyList<SlotNeed> needs)
    {
        foreach (var need in needs)
            _free[need.Name] = FreeOf(need.Name) - need.Count;
    }

    private void Keep(IReadOnlyList<SlotNeed> needs, QueueEntry entry)
    {
        foreach (var need in needs)
        {
            var free = FreeOf(need.Name);
            _free[need.Name] = Math.Max(0, free - need.Count);
            _keptFor.TryAdd(need.Name, entry);
            if (free < need.Count)
                return;
        }
    }

    private int FreeOf(string slot)
    {
        if (_free.TryGetValue(slot, out var known))
            return known;
        var room = _look(slot);
        _capacity[slot] = room.Capacity;
        return _free[slot] = room.Free;
    }

    private void Insert(Place place)
    {
        if (place.Head is not { } head)
            return;
        var (low, high) = (0, _places.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_places[middle].Head!.Rank, head.Rank) > 0)
                low = middle + 1;
            else
                high = middle;
        }
        _places.Insert(low, place);
    }

    /// <summary>How far a line has been gone through.</summary>
    private sealed class Place
    {
        private readonly IEnumerator<QueueEntry> _entries;

        public Place(QueueLine line)
        {
            Line = line;
            _entries = line.Entries().GetEnumerator();
            Advance();
        }

        public QueueLine Line { get; }

        public QueueEntry? Head { get; private set; }

        public void Advance() => Head = _entries.MoveNext() ? _entries.Current : null;
    }
}
