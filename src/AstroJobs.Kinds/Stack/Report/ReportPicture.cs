namespace AstroJobs.Kinds.Stack.Report;

/// <summary>A picture inside the page.</summary>
/// <param name="Caption">What a person sees under it.</param>
internal sealed record ReportPicture(string Caption, string MediaType, byte[] Bytes);
