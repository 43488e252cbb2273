using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AstroJobs.Imaging.Native;

/// <summary>A returned char* that stays the library's own: read as UTF-8, never freed.</summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedOut, typeof(BorrowedText))]
internal static class BorrowedText
{
    public static string ConvertToManaged(nint text) => Marshal.PtrToStringUTF8(text) ?? "";
}
