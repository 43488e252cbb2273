using System.Diagnostics;

namespace AstroJobs.Testing;

/// <summary>A file whose name holds a byte that is no UTF-8, as an old camera card or a program in another locale leaves it: .NET lists it, but cannot open or delete it. Disposed, it is gone.</summary>
public sealed class TornName : IDisposable
{
    private readonly string _folder;

    /// <param name="ending">With its dot.</param>
    public TornName(string folder, string ending = ".fits")
    {
        _folder = folder;
        Shell("printf torn >\"$0/$(printf 'torn\\377')$1\"", ending);
    }

    public void Dispose() => Shell("rm -f -- \"$0\"/torn*");

    private void Shell(string script, params string[] arguments)
    {
        using var shell = Process.Start("/bin/sh", ["-c", script, _folder, .. arguments]);
        shell.WaitForExit();
        if (shell.ExitCode != 0)
            throw new IOException($"'{script}' failed in '{_folder}'.");
    }
}
