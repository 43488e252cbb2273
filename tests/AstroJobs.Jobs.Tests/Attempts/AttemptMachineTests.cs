using ForAll = FsCheck.NUnit.PropertyAttribute;

namespace AstroJobs.Jobs.Tests.Attempts;

/// <summary>Whatever happens to a job, in whatever order: each attempt ends exactly once, its end is never overwritten, and nothing old touches a new one.</summary>
public sealed class AttemptMachineTests
{
    private static readonly AttemptStep[] Steps = Enum.GetValues<AttemptStep>();

    /// <summary>Deleting ends the story: it comes seldom, so that stories are long.</summary>
    private static readonly AttemptStep[] Choices = [.. Steps, .. Steps.Where(static step => step != AttemptStep.Delete), AttemptStep.Start, AttemptStep.Start, AttemptStep.Fail, AttemptStep.Die];

    [ForAll(MaxTest = 300, EndSize = 60)]
    public void Each_attempt_ends_once_and_stays_as_it_ended(byte[] story) => Play(story.Select(static choice => Choices[choice % Choices.Length]));

    /// <summary>All stories of this length, for what chance may not find.</summary>
    [Test]
    public void Each_short_story_too()
    {
        foreach (var first in Steps)
            foreach (var second in Steps)
                foreach (var third in Steps)
                    Play([AttemptStep.Start, first, second, third, AttemptStep.Look]);
    }

    private static void Play(IEnumerable<AttemptStep> story)
    {
        using var machine = new AttemptMachine();
        foreach (var step in story)
            machine.Do(step);
    }
}
