using AstroJobs.Jobs;
using AstroJobs.Kinds.Burst;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Tests.Shooting;

public sealed class FrameNameTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 21, 23, 5, 9, TimeSpan.FromHours(1));

    [TestCase("{name}-{index:0000}{ext}", "m42-0007")]
    [TestCase("{name}-{index}", "m42-7")]
    [TestCase("{date}_{type}_{iso}_{exposure}_{index:00}{ext}", "2026-11-21_dark_800_2.5_07")]
    [TestCase("{time}-{index}{ext}", "20261121T220509Z-7")]
    public void Fields_become_what_they_stand_for(string template, string expected)
    {
        var parameters = new BurstParameters { Prefix = "m42", Iso = 800, Exposure = TimeSpan.FromSeconds(2.5), Type = FrameType.Dark };
        Assert.That(FrameName.Parse(template).Of(parameters, 7, Time), Is.EqualTo(expected));
    }

    [TestCase("{name}{ext}", "{index}")]
    [TestCase("../{index}{ext}", "letters, digits")]
    [TestCase("{index:N2}{ext}", "no field")]
    [TestCase("{camera}-{index}{ext}", "no field {camera}")]
    [TestCase("{index{ext}", "has no }")]
    [TestCase("a{index", "has no }")]
    [TestCase(".{index}{ext}", "dot")]
    public void A_template_that_cannot_name_files_is_refused(string template, string why) =>
        Assert.That(() => FrameName.Parse(template), Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.BadInput).And.Message.Contains(why));
}
