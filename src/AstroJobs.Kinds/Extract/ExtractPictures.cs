using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Extract;

/// <summary>The pictures that an extract makes of its picture.</summary>
internal sealed class ExtractPictures : IDisposable
{
    private const string SolvedName = "solved.fits";
    private const string AnnotatedName = "annotated.png";
    private const string PreviewName = "preview.jpg";
    private const string GreyName = "grey.fits";
    private const int LongestSide = 1600;
    private const int StripRows = 64;

    private readonly ExtractParameters _parameters;
    private readonly JobContext _context;
    private readonly FrameReader _reader;
    private readonly Lazy<Frame> _small;

    public ExtractPictures(ExtractParameters parameters, JobContext context, FrameReader reader)
    {
        (_parameters, _context, _reader) = (parameters, context, reader);
        _small = new Lazy<Frame>(MakeSmall);
        Grey = new Lazy<string>(WriteGrey);
    }

    /// <summary>The picture in one plane as 16-bit FITS, for solvers that look for stars themselves.</summary>
    public Lazy<string> Grey { get; }

    /// <returns>Its name; null when no pictures were asked for.</returns>
    public string? SavePreview()
    {
        if (!_parameters.Pictures)
            return null;
        ImageFile.Write(Path.Combine(_context.OutputFolder, PreviewName), _small.Value, SampleFormat.UInt8, jpegQuality: 90);
        return PreviewName;
    }

    /// <summary>The small picture with what lies in it.</summary>
    /// <returns>Its name; null when no pictures were asked for.</returns>
    public string? SaveAnnotated(SkyView view, IReadOnlyList<FieldObject> objects)
    {
        if (!_parameters.Pictures)
            return null;
        using var annotation = new Annotation(_small.Value, view);
        ImageFile.Write(Path.Combine(_context.OutputFolder, AnnotatedName), annotation.Draw(objects), SampleFormat.UInt8);
        return AnnotatedName;
    }

    /// <summary>The whole picture, sample for sample, with the solution in its header.</summary>
    /// <returns>Its name; null when no pictures were asked for.</returns>
    public string? SaveSolved(Wcs wcs)
    {
        if (!_parameters.Pictures)
            return null;
        var info = _reader.Info;
        var solved = info with { Metadata = info.Metadata with { Keywords = [.. WcsHeader.Keywords(wcs, info.Width, info.Height)] } };
        using var writer = ImageFile.Create(Path.Combine(_context.OutputFolder, SolvedName), solved);
        var strip = new float[Math.Min(StripRows, info.Height) * info.Width];
        for (var channel = 0; channel < info.Channels; channel++)
        {
            for (var y = 0; y < info.Height; y += StripRows)
            {
                var rows = strip.AsSpan(0, Math.Min(StripRows, info.Height - y) * info.Width);
                _reader.ReadRows(channel, y, rows);
                writer.WriteRows(channel, y, rows);
            }
        }
        writer.Commit();
        return SolvedName;
    }

    public void Dispose()
    {
        if (_small.IsValueCreated)
            _small.Value.Dispose();
    }

    private Frame MakeSmall()
    {
        var small = SmallPicture.Make(_reader, LongestSide);
        SmallPicture.Stretch(small);
        return small;
    }

    private string WriteGrey()
    {
        var info = _reader.Info;
        var path = Path.Combine(_context.WorkFolder, GreyName);
        using var writer = ImageFile.Create(path, new FrameInfo(info.Width, info.Height, 1, SampleFormat.UInt16, FrameMetadata.None));
        var (row, sum) = (new float[info.Width], new float[info.Width]);
        for (var y = 0; y < info.Height; y++)
        {
            Array.Clear(sum);
            for (var channel = 0; channel < info.Channels; channel++)
            {
                _reader.ReadRows(channel, y, row);
                for (var x = 0; x < sum.Length; x++)
                    sum[x] += row[x] / info.Channels;
            }
            writer.WriteRows(0, y, sum);
        }
        writer.Commit();
        return path;
    }
}
