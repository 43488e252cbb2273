namespace AstroJobs.Jobs.Running;

/// <summary>How many jobs may hold a slot at once, and how many more could now.</summary>
internal sealed record SlotRoom(int Capacity, int Free);
