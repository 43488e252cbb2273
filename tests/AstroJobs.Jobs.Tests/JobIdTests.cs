using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests;

public sealed class JobIdTests
{
    private const string Known = "0193b0a1c2d37e4f8a9b0c1d2e3f4a5b";

    [Test]
    public void An_id_is_a_uuid_of_version_7_whose_time_is_its_first_48_bits()
    {
        var time = new ManualTime(DateTimeOffset.FromUnixTimeMilliseconds(0x0193B0A1C2D3));
        var uuid = Guid.Parse(JobId.New(time).ToString());
        Assert.Multiple(() =>
        {
            Assert.That(uuid.Version, Is.EqualTo(7));
            Assert.That(uuid.Variant & 0xC, Is.EqualTo(8), "RFC 9562: the variant's upper bits are 10");
            Assert.That(uuid.ToString("N"), Does.StartWith("0193b0a1c2d3"));
        });
    }

    [Test]
    public void An_id_gives_back_its_time_to_the_millisecond()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 11, 21, 3, 4, 5, 678, TimeSpan.Zero).AddTicks(9));
        Assert.That(JobId.New(time).CreatedAt, Is.EqualTo(new DateTimeOffset(2026, 11, 21, 3, 4, 5, 678, TimeSpan.Zero)));
    }

    [Test]
    public void Ids_sort_by_time_also_within_a_millisecond()
    {
        var time = new ManualTime();
        var ids = new List<string>();
        for (var i = 0; i < 4000; i++, time.Advance(TimeSpan.FromTicks(3))) // 0.3 µs is more than 1/4096 ms
            ids.Add(JobId.New(time).ToString());
        Assert.That(ids, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [Test]
    public void Ids_of_one_moment_differ()
    {
        var time = new ManualTime();
        Assert.That(Enumerable.Range(0, 2000).Select(_ => JobId.New(time)), Is.Unique);
    }

    [TestCase(Known)]
    [TestCase("0193B0A1C2D37E4F8A9B0C1D2E3F4A5B")]
    [TestCase("0193b0a1-c2d3-7e4f-8a9b-0c1d2e3f4a5b")]
    public void Case_and_the_dashes_of_a_uuid_do_not_matter(string text) => Assert.That(JobId.Parse(text).ToString(), Is.EqualTo(Known));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("-")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("../0193b0a1c2d37e4f8a9b0c1d2e3f4a5b")]
    [TestCase("0193b0a1c2d37e4f8a9b0c1d2e3f4a5b/..")]
    [TestCase("0193b0a1c2d37e4f8a9b0c1d2e3f4a5\0")]
    [TestCase("0193b0a1c2d37e4f8a9b0c1d2e3f4a5b0")]
    [TestCase("0193b0a1c2d37e4f8a9b0c1d2e3f4a5g")]
    [TestCase("*")]
    [TestCase("~")]
    [TestCase("٠١٩٣", Description = "digits, but not these")]
    public void What_is_no_id_is_no_beginning_of_one_either(string? text)
    {
        Assert.Multiple(() =>
        {
            Assert.That(JobId.TryParse(text, out _), Is.False);
            Assert.That(JobId.TryParsePrefix(text, out _), Is.False);
        });
    }

    [Test]
    public void A_beginning_is_not_a_whole_id()
    {
        Assert.Multiple(() =>
        {
            Assert.That(JobId.TryParsePrefix("0193B0-a1", out var prefix) ? prefix : null, Is.EqualTo("0193b0a1"));
            Assert.That(JobId.TryParse("0193b0a1", out _), Is.False);
            Assert.That(() => JobId.Parse("0193b0a1"), Throws.TypeOf<FormatException>());
        });
    }
}
