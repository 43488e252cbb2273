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

    /// <param name="variables">Each as <c>NAME=value</c>, on top of this process's environment.</param>
    /// <returns>The pid.</returns>
    /// <exception cref="IOException">The program cannot be started.</exception>
    public static int Start(
        IReadOnlyList<string> command, string folder, string log, IReadOnlyList<string> variables, IReadOnlyList<SafeFileHandle> passedFiles)
    {
        // Pipes that we inherited ourselves would keep the caller waiting for the worker's end.
        Libc.CloseRange(CloseRangeCall, FirstPassedFile, uint.MaxValue, CloseRangeCloseOnExec);
        var sources = new SafeFileHandle[passedFiles.Count];
        for (var i = 0; i < sources.Length; i++)
            sources[i] = Duplicate(passedFiles[i]);
        var actions = stackalloc byte[Spawn.OpaqueSize];
        var attributes = stackalloc byte[Spawn.OpaqueSize];
        Check(Spawn.ActionsInit(actions), "prepare a process");
        Check(Spawn.AttributesInit(attributes), "prepare a process");
        try
        {
            SetFiles(actions, folder, log, sources);
            SetAttributes(attributes);
            using var arguments = new StringBlock(command);
            using var environment = new StringBlock(variables, Inherited(variables));
            Check(Spawn.PosixSpawn(out var pid, command[0], actions, attributes, arguments.Pointers, environment.Pointers), $"start '{command[0]}'");
            return pid;
        }
        finally
        {
            Spawn.ActionsDestroy(actions);
            Spawn.AttributesDestroy(attributes);
            foreach (var source in sources)
                source.Dispose();
        }
    }

    private static void SetFiles(byte* actions, string folder, string log, SafeFileHandle[] sources)
    {
        Check(Spawn.ActionsAddOpen(actions, 0, "/dev/null", Libc.ReadOnly, 0), "prepare stdin");
        Check(Spawn.ActionsAddOpen(actions, 1, log, Libc.ReadWrite | Libc.Create | Libc.Append, 0x1B6), "prepare stdout");
        Check(Spawn.ActionsAddDup2(actions, 1, 2), "prepare stderr");
        for (var i = 0; i < sources.Length; i++)
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

    /// <summary>This process's environment, byte for byte as its caller gave it, less what <paramref name="changes"/> set anew.</summary>
    private static List<ReadOnlyMemory<byte>> Inherited(IReadOnlyList<string> changes)
    {
        var kept = new List<ReadOnlyMemory<byte>>();
        var block = File.ReadAllBytes("/proc/self/environ").AsMemory();
        while (block.Length > 0)
        {
            var end = block.Span.IndexOf((byte)0);
            var variable = end < 0 ? block : block[..end];
            if (!IsChanged(variable.Span, changes))
                kept.Add(variable);
            block = end < 0 ? default : block[(end + 1)..];
        }
        return kept;
    }

    private static bool IsChanged(ReadOnlySpan<byte> variable, IReadOnlyList<string> changes)
    {
        for (var i = 0; i < changes.Count; i++)
            if (variable.StartsWith(Encoding.UTF8.GetBytes(changes[i][..(changes[i].IndexOf('=', StringComparison.Ordinal) + 1)])))
                return true;
        return false;
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

        public StringBlock(IReadOnlyList<string> texts, IReadOnlyList<ReadOnlyMemory<byte>>? more = null)
        {
            _count = texts.Count + (more?.Count ?? 0);
            Pointers = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
            for (var i = 0; i < _count; i++)
                Pointers[i] = Copy(i < texts.Count ? Encoding.UTF8.GetBytes(texts[i]) : more![i - texts.Count].Span);
        }

        public byte** Pointers { get; }

        public void Dispose()
        {
            for (var i = 0; i < _count; i++)
                NativeMemory.Free(Pointers[i]);
            NativeMemory.Free(Pointers);
        }

        private static byte* Copy(ReadOnlySpan<byte> text)
        {
            var copy = (byte*)NativeMemory.AllocZeroed((nuint)text.Length + 1);
            text.CopyTo(new Span<byte>(copy, text.Length));
            return copy;
        }
    }
}
