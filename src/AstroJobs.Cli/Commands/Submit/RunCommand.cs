using System.CommandLine;
using AstroJobs.Kinds.Run;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary><c>submit run -- PROGRAM ARGS…</c></summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var program = new Argument<string[]>("PROGRAM ARGS") { Description = "The program and its arguments; write -- before them.", Arity = ArgumentArity.OneOrMore };
        var slot = new Option<string>("--slot") { Description = "What it holds alone while it runs: cpu, camera:NAME, or none.", HelpName = "NAME", DefaultValueFactory = _ => "cpu" };
        var command = new Command("run", "Any program as a job: its output in the log, its exit code recorded, its JSON on stdout as the result.");
        command.Arguments.Add(program);
        command.Options.Add(slot);
        var submit = SubmitOptions.AddTo(command);
        command.Runs((session, parsed, cancellation) =>
        {
            var words = parsed.GetValue(program)!;
            var parameters = new RunParameters { Program = words[0], Arguments = words[1..], Slot = parsed.GetValue(slot)! };
            return Task.FromResult(submit.Submit(session, parsed, new RunKind(), parameters, cancellation));
        });
        return command;
    }
}
