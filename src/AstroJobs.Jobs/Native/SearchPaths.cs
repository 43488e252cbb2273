using System.Runtime.InteropServices;

// The C library is never beside the program: no need to look there first.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
