using AstroJobs.Cli;
using AstroJobs.Cli.Commands;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Running;

StandardFiles.OpenMissing();
if (args is [Worker.Verb, ..])
    return await WorkCommand.RunAsync(args[1..]).ConfigureAwait(false);
if (args is [JobEngine.AlarmVerb, var store])
    return AlarmCommand.Run(store);
return StatusPoll.TryAnswer(args) ?? await CommandLine.RunAsync(args).ConfigureAwait(false);
