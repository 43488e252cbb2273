using System.Text.Json;
using AstroJobs.Imaging.Formats;

namespace AstroJobs.Cli.Tests.Night;

/// <summary>Frames of several nights in one place, and what is made of them.</summary>
public sealed class GalleryTests : ObservatoryFixture
{
    public GalleryTests() => Observatory.Store.Variables["GALLERY_ROOT"] = Root;

    private string Root => Observatory.Store.Beside("galleries");

    [Test]
    public void Two_bursts_are_stacked_and_shown_as_one_gallery_and_the_results_are_no_frames()
    {
        var bursts = new[] { Observatory.Burst(2, "--gallery", "M 42"), Observatory.Burst(2, "--gallery", "M 42", "--seed", "2") };
        Observatory.Burst(1, "--gallery", "M 42", "--type", "dark");

        var stack = Observatory.Stack("--gallery", "M 42");
        var again = Observatory.Stack("--gallery", "M 42");
        var video = Observatory.Done(Observatory.Submit("submit", "video", "--gallery", "M 42", "--size", "320x240"));

        Assert.That((Observatory.Result(stack).GetProperty("requested").GetInt32(), Observatory.Result(again).GetProperty("requested").GetInt32(), Observatory.Result(video).GetProperty("frames").GetInt32()), Is.EqualTo((4, 4, 4)));
        var said = Observatory.Store.Run("galleries").Json;
        var gallery = said.GetProperty("galleries")[0];
        Assert.Multiple(() =>
        {
            Assert.That(said.GetProperty("root").GetString(), Is.EqualTo(Root));
            Assert.That((gallery.GetProperty("name").GetString(), gallery.GetProperty("images").GetInt32(), gallery.GetProperty("results").GetInt32()), Is.EqualTo(("M 42", 4, 5)), "two stacks with their previews, a video");
            Assert.That(gallery.GetProperty("newest").ValueKind, Is.EqualTo(JsonValueKind.String));
        });
        foreach (var burst in bursts)
            Observatory.Store.Run("delete", burst);
        Assert.That(Observatory.Result(Observatory.Stack("--gallery", "M 42")).GetProperty("used").GetInt32(), Is.EqualTo(4), "the frames outlive their jobs");
    }

    [Test]
    public void Thumbnails_are_made_when_asked_for()
    {
        Observatory.Done(Observatory.Submit("submit", "timelapse", "--every", "0.2s", "--count", "2", "--grace", "1h", "--size", "480x360", "--instant", "--gallery", "M42"));
        Assert.That(Images("galleries", "M42").Select(static image => image.GetProperty("thumbnail").ValueKind), Is.All.EqualTo(JsonValueKind.Null));

        var made = Images("galleries", "M42", "--thumbnails");

        Assert.That(made, Has.Count.EqualTo(2));
        using var thumbnail = ImageFile.Read(made[0].GetProperty("thumbnail").GetString()!);
        Assert.That((thumbnail.Width, thumbnail.Height), Is.EqualTo((300, 225)));
        Assert.That(Images("galleries", "M42"), Has.Count.EqualTo(2), "they are no images");
    }

    [TestCase("../up")]
    [TestCase("/etc")]
    public void A_name_that_leads_elsewhere_is_refused_everywhere(string name)
    {
        Observatory.Store.Run(Observatory.InstantBurst(1, "--gallery", name)).MustFail(2, "bad_input");
        Observatory.Store.Run("submit", "stack", "--gallery", name).MustFail(2, "bad_input");
        Observatory.Store.Run("galleries", name).MustFail(2, "bad_input");
        Assert.That(Observatory.Jobs(), Is.Empty);
    }

    private List<JsonElement> Images(params string[] arguments) => [.. Observatory.Store.Run(arguments).Json.GetProperty("images").EnumerateArray()];
}
