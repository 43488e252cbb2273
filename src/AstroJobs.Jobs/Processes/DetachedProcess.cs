using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using AstroJobs.Jobs.Native;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Processes;

/// <summary>
/// A process that outlives its starter and holds nothing of the caller's: a session of its own, stdin from /dev/null, stdout and
/// stderr to a log, default signal handling, and no other open file but those handed over. One posix_spawn(3) call.
/// </summary>
internal static unsafe class DetachedProcess
{
    /// <summary>The first file handed over gets this number in the new process, the next one the following.</summary>
    public const int FirstPassedFile = 3;

    private const int CloseRangeCall = 436; // the same number on every architecture
    private const uint CloseRangeCloseOnExec = 4;
    private const int OutOfTheWay = 100; // targets below must not collide with the sources

    /// <returns>The pid.</returns>
    /// <exception cref="IOException">The program cannot be started.</exception>
    public static int Start(
        IReadOnlyList<string> command, string folder, string log, IReadOnlyDictionary<string, string> environment, IReadOnlyList<SafeFileHandle> passedFiles)
    {
        // Pipes that we inherited ourselves would keep the caller waiting for the worker's end.
        Libc.CloseRange(CloseRangeCall, FirstPassedFile, uint.MaxValue, CloseRangeCloseOnExec);
        var sources = passedFiles.Select(Duplicate).ToList();
        var actions = stackalloc byte[Spawn.OpaqueSize];
        var attributes = stackalloc byte[Spawn.OpaqueSize];
        Check(Spawn.ActionsInit(actions), "prepare a process");
        Check(Spawn.AttributesInit(attributes), "prepare a process");
        try
        {
            SetFiles(actions, folder, log, sources);
            SetAttributes(attributes);
            using var arguments = new StringBlock(command);
            using var variables = new StringBlock(Merge(environment));
            Check(Spawn.PosixSpawn(out var pid, command[0], actions, attributes, arguments.Pointers, variables.Pointers), $"start '{command[0]}'");
            return pid;
        }
        finally
        {
            Spawn.ActionsDestroy(actions);
            Spawn.AttributesDestroy(attributes);
            sources.ForEach(static source => source.Dispose());
        }
    }

    private static void SetFiles(byte* actions, string folder, string log, List<SafeFileHandle> sources)
    {
        Check(Spawn.ActionsAddOpen(actions, 0, "/dev/null", Libc.ReadOnly, 0), "prepare stdin");
        Check(Spawn.ActionsAddOpen(actions, 1, log, Libc.ReadWrite | Libc.Create | Libc.Append, 0x1B6), "prepare stdout");
        Check(Spawn.ActionsAddDup2(actions, 1, 2), "prepare stderr");
        for (var i = 0; i < sources.Count; i++)
            Check(Spawn.ActionsAddDup2(actions, FileDescriptor.Number(sources[i]), FirstPassedFile + i), "pass a file");
        Check(Spawn.ActionsAddChangeFolder(actions, folder), "set the folder");
    }

    private static void SetAttributes(byte* attributes)
    {
        var signals = stackalloc byte[Spawn.OpaqueSize];
        Check(Spawn.SignalSetEmpty(signals), "prepare signals");
        Check(Spawn.AttributesSetSignalMask(attributes, signals), "prepare signals");
        Check(Spawn.SignalSetFill(signals), "prepare signals");
        Check(Spawn.AttributesSetSignalDefaults(attributes, signals), "prepare signals");
        Check(Spawn.AttributesSetFlags(attributes, Spawn.NewSession | Spawn.SetSignalMask | Spawn.SetSignalDefaults), "prepare a session");
    }

    private static SafeFileHandle Duplicate(SafeFileHandle file) =>
        new(Errno.Check(Libc.Fcntl(FileDescriptor.Number(file), Libc.DuplicateCloseOnExec, OutOfTheWay), "pass a file"), ownsHandle: true);

    private static List<string> Merge(IReadOnlyDictionary<string, string> changes)
    {
        var merged = new List<string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            if (!changes.ContainsKey((string)variable.Key))
                merged.Add($"{variable.Key}={variable.Value}");
        merged.AddRange(changes.Select(static change => $"{change.Key}={change.Value}"));
        return merged;
    }

    /// <summary>posix_spawn's family returns the error number itself.</summary>
    private static void Check(int error, string what)
    {
        if (error != 0)
            throw Errno.Failure(what, error);
    }

    /// <summary>A null-terminated array of C strings.</summary>
    private sealed class StringBlock : IDisposable
    {
        private readonly int _count;

        public StringBlock(IReadOnlyList<string> texts)
        {
            _count = texts.Count;
            Pointers = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
            for (var i = 0; i < _count; i++)
            {
                var length = Encoding.UTF8.GetByteCount(texts[i]);
                Pointers[i] = (byte*)NativeMemory.AllocZeroed((nuint)length + 1);
                Encoding.UTF8.GetBytes(texts[i], new Span<byte>(Pointers[i], length));
            }
        }

        public byte** Pointers { get; }

        public void Dispose()
        {
            for (var i = 0; i < _count; i++)
                NativeMemory.Free(Pointers[i]);
            NativeMemory.Free(Pointers);
        }
    }
}
