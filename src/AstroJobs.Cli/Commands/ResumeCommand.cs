using System.CommandLine;

namespace AstroJobs.Cli.Commands;

/// <summary><c>resume ID…</c>: jobs that failed or were cancelled go on where they were, if their kind can.</summary>
internal static class ResumeCommand
{
    public static Command Create() => RetryCommand.Create(
        "resume",
        "Let jobs go on that failed or were cancelled, with the products and checkpoints they have (exit 6 for a kind that cannot, and for a job that is done or has not ended).",
        static (engine, folder) => engine.Resume(folder));
}
