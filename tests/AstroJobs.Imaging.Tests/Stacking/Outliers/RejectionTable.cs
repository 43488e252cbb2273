using System.Text.Json;
using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Imaging.Tests.Stacking.Outliers;

/// <summary>What other programs keep of the samples of a pixel: rejection.json, made by Tables/make.py, which names them.</summary>
internal static class RejectionTable
{
    /// <param name="Kept">Ascending.</param>
    public sealed record Row(string Method, double Low, double High, IReadOnlyList<float> Samples, IReadOnlyList<float> Kept);

    private sealed record Table(string By, IReadOnlyList<Row> Rows);

    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Table All = Read();

    public static IReadOnlyList<Row> RowsOf(StackRejection rejection)
    {
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(rejection.ToString());
        return [.. All.Rows.Where(row => row.Method == name)];
    }

    private static Table Read()
    {
        using var stream = typeof(RejectionTable).Assembly.GetManifestResourceStream("rejection.json")!;
        return JsonSerializer.Deserialize<Table>(stream, Names)!;
    }
}
