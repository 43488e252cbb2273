using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Tests.Formats;
using AstroJobs.Imaging.Trimming;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Trimming;

/// <summary>A made file of which every number tells its place: column + 100 · row, both counted from 1 in the order of the file, as IRAF's sections count.</summary>
public sealed class FrameTrimTests : FolderFixture
{
    private const int Width = 12;
    private const int Height = 9;

    [TestCase("TRIMSEC = '[4:10,2:7]'", 4, 10, 2, 7)]
    [TestCase("TRIMSEC = '[10:4,7:2]'", 4, 10, 2, 7)]
    [TestCase("TRIMSEC = '[4:10,*]'", 4, 10, 1, Height)]
    [TestCase("DATASEC = '[3:12,1:9]'", 3, 12, 1, Height)]
    [TestCase("BIASSEC = '[1:2,1:9]'", 3, 12, 1, Height)]
    [TestCase("BIASSEC = '[11:12,1:9]'", 1, 10, 1, Height)]
    [TestCase("BIASSEC = '[1:12,9:9]'", 1, Width, 1, 8)]
    [TestCase("TRIMSEC = '[4:40,2:7]'", 1, Width, 1, Height)]
    [TestCase("TRIMSEC = 'full'", 1, Width, 1, Height)]
    public void Only_the_section_that_saw_light_is_read(string card, int left, int right, int first, int last)
    {
        foreach (var order in new[] { "TOP-DOWN", "BOTTOM-UP" })
        {
            Save(card, $"ROWORDER= '{order}'");
            using var reader = FrameTrim.Open(Folder.File("f.fits"), TrimRequest.Usual);
            using var frame = reader.ReadFrame();
            var raw = new byte[frame.Width * 2];
            Assert.Multiple(() =>
            {
                Assert.That((frame.Width, frame.Height), Is.EqualTo((right - left + 1, last - first + 1)));
                for (var y = 0; y < frame.Height; y++)
                {
                    var stored = order == "TOP-DOWN" ? first + y : last - y;
                    var expected = Enumerable.Range(left, right - left + 1).Select(x => x + (100 * stored)).ToArray();
                    Assert.That(frame.Row(0, y).ToArray().Select(sample => (int)Math.Round(sample * 65535)), Is.EqualTo(expected), $"row {y}, {order}");
                    reader.ReadRawRows(0, y, raw);
                    Assert.That(Enumerable.Range(0, expected.Length).Select(i => (int)BitConverter.ToUInt16(raw, 2 * i)), Is.EqualTo(expected), $"raw row {y}, {order}");
                }
            });
        }
    }

    [TestCase(0, 0, BayerPattern.Rggb)]
    [TestCase(1, 0, BayerPattern.Grbg)]
    [TestCase(0, 3, BayerPattern.Gbrg)]
    [TestCase(5, 1, BayerPattern.Bggr)]
    public void A_mosaic_and_the_place_on_the_sky_begin_where_the_part_does(int left, int top, BayerPattern pattern)
    {
        Save("BAYERPAT= 'RGGB'", "ROWORDER= 'TOP-DOWN'", "CTYPE1  = 'RA---TAN'", "CTYPE2  = 'DEC--TAN'", "CRPIX1  = 6.5", "CRPIX2  = 4", "CRVAL1  = 10", "CRVAL2  = 20", "CD1_1   = -0.001", "CD2_2   = 0.001");
        using var reader = FrameTrim.Open(Folder.File("f.fits"), new TrimRequest(Area: new FrameArea(left, top, 6, 5)));
        Assert.Multiple(() =>
        {
            Assert.That(reader.Info.Metadata.Bayer, Is.EqualTo(pattern));
            Assert.That((reader.Info.Metadata.Sky!.X, reader.Info.Metadata.Sky.Y), Is.EqualTo((5.5 - left, 3.0 - top)));
        });
    }

    [Test]
    public void The_whole_picture_is_there_for_who_asks_for_it()
    {
        Save("TRIMSEC = '[4:10,2:7]'");
        using var kept = FrameTrim.Open(Folder.File("f.fits"), new TrimRequest(OverscanUse.Keep));
        using var trimmed = FrameTrim.Open(Folder.File("f.fits"), new TrimRequest(Area: new FrameArea(0, 0, Width, Height)));
        Assert.Multiple(() =>
        {
            Assert.That((kept.Info.Width, kept.Info.Height), Is.EqualTo((Width, Height)));
            Assert.That((trimmed.Info.Width, trimmed.Info.Height), Is.EqualTo((Width, Height)));
            Assert.That(
                () => FrameTrim.Open(Folder.File("f.fits"), new TrimRequest(Area: new FrameArea(5, 0, 8, 4))),
                Throws.TypeOf<ImageException>().With.Message.Contains("to 8×4 pixels from column 5 and row 0 on: it has 12×9"));
        });
    }

    private void Save(params string[] cards) => File.WriteAllBytes(Folder.File("f.fits"), FitsBuilder.Build(
        16, [Width, Height], [.. Enumerable.Range(0, Width * Height).Select(i => (double)((i % Width) + 1 + (100 * ((i / Width) + 1)) - 32768))], ["BZERO   = 32768", .. cards]));
}
