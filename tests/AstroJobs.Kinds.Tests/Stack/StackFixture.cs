using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Stack;
using AstroJobs.Testing;
using NUnit.Framework.Constraints;

namespace AstroJobs.Kinds.Tests.Stack;

/// <summary>Tests of stack jobs without the engine, each with a folder and small frames of one sky.</summary>
public abstract class StackFixture : FolderFixture
{
    private protected MadeSky Sky { get; } = new(1, 320, 240, 150, margin: 60);

    private protected static EqualStringConstraint IsRefused => Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.BadInput);

    private protected StackParameters Prepare(StackParameters parameters) => new StackKind().Prepare(parameters, new CallerContext(Folder.Path));

    private protected static Task RunAsync(StackParameters parameters, JobContext context) => new StackRun(parameters, context).RunAsync();

    /// <summary>f0.fits and so on in the folder <c>night</c>; each lies three pixels from the one before.</summary>
    private protected void SaveFrames(int count)
    {
        Directory.CreateDirectory(Folder.File("night"));
        for (var i = 0; i < count; i++)
        {
            using var frame = Sky.Draw(Sky.Camera(i * 3), i);
            ImageFile.Write(Folder.File("night", $"f{i}.fits"), frame, Imaging.SampleFormat.UInt16);
        }
    }
}
