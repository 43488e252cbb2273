using System.Buffers.Binary;
using System.Globalization;

namespace AstroJobs.Imaging.Formats;

/// <summary>A binary table of a FITS file. Source: FITS standard 4.0, 7.3.</summary>
public sealed class FitsTable(string name, int rows)
{
    private readonly List<Column> _columns = [];

    /// <summary>Adds a column of 32-bit floats; NaN is no value.</summary>
    public FitsTable AddFloats(string column, string unit, Func<int, double> value) =>
        Add(column, "1E", unit, sizeof(float), (row, cell) => BinaryPrimitives.WriteSingleBigEndian(cell, (float)value(row)));

    /// <summary>Adds a column of 64-bit floats; NaN is no value.</summary>
    public FitsTable AddDoubles(string column, string unit, Func<int, double> value) =>
        Add(column, "1D", unit, sizeof(double), (row, cell) => BinaryPrimitives.WriteDoubleBigEndian(cell, value(row)));

    /// <summary>Adds a column of truths.</summary>
    public FitsTable AddTruths(string column, Func<int, bool> value) =>
        Add(column, "1L", "", 1, (row, cell) => cell[0] = (byte)(value(row) ? 'T' : 'F'));

    internal IEnumerable<string> Cards()
    {
        yield return FitsCard.Text("XTENSION", "BINTABLE", "binary table");
        yield return FitsCard.Number("BITPIX", 8, "");
        yield return FitsCard.Number("NAXIS", 2, "");
        yield return FitsCard.Number("NAXIS1", RowBytes, "bytes a row");
        yield return FitsCard.Number("NAXIS2", rows, "rows");
        yield return FitsCard.Number("PCOUNT", 0, "");
        yield return FitsCard.Number("GCOUNT", 1, "");
        yield return FitsCard.Number("TFIELDS", _columns.Count, "columns");
        for (var i = 0; i < _columns.Count; i++)
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            yield return FitsCard.Text("TTYPE" + number, _columns[i].Name, "");
            yield return FitsCard.Text("TFORM" + number, _columns[i].Form, "");
            if (_columns[i].Unit.Length > 0)
                yield return FitsCard.Text("TUNIT" + number, _columns[i].Unit, "");
        }
        yield return FitsCard.Text("EXTNAME", name, "");
    }

    internal byte[] Rows()
    {
        var bytes = new byte[rows * RowBytes];
        for (var row = 0; row < rows; row++)
        {
            var at = row * RowBytes;
            foreach (var column in _columns)
            {
                column.Write(row, bytes.AsSpan(at, column.Size));
                at += column.Size;
            }
        }
        return bytes;
    }

    private int RowBytes => _columns.Sum(column => column.Size);

    private FitsTable Add(string column, string form, string unit, int size, CellWriter write)
    {
        _columns.Add(new Column(column, form, unit, size, write));
        return this;
    }

    private delegate void CellWriter(int row, Span<byte> cell);

    private sealed record Column(string Name, string Form, string Unit, int Size, CellWriter Write);
}
