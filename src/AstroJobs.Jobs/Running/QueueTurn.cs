namespace AstroJobs.Jobs.Running;

/// <summary>The job whose turn it is.</summary>
/// <param name="MayStart">There is room for it. Else it is only to be found out whether it could start: then room is kept for it.</param>
internal sealed record QueueTurn(QueueLine Line, QueueEntry Entry, bool MayStart);
