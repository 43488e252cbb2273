namespace AstroJobs.Testing.VirtualCameras;

/// <summary>A folder or a picture on the virtual camera's card, or (<paramref name="Parent"/> 0) in its memory.</summary>
internal sealed record StoredObject(uint Handle, uint Parent, ushort Format, string Name, byte[] Content)
{
    public byte[] Describe() => new DatasetWriter()
        .Int(PtpCode.Store).Short(Format).Short(0).Int((uint)Content.Length)
        .Short(Format == PtpCode.Folder ? (ushort)0 : PtpCode.Jpeg).Int(0).Int(0).Int(0).Int(0).Int(0).Int(0) // without a thumbnail format gphoto2 takes an unknown file for none
        .Int(Parent).Short((ushort)(Format == PtpCode.Folder ? 1 : 0)).Int(0).Int(0)
        .Text(Name).Text("20261121T220000").Text("20261121T220000").Text("")
        .ToArray();
}
