using System.Text.Json;

namespace AstroJobs.Cli.Tests.Verbs;

/// <summary>What doctor finds, on a machine that has all and on a store that cannot be.</summary>
public sealed class DoctorTests : CallerFixture
{
    [Test]
    public void Where_nothing_is_missing_it_says_so_and_makes_nothing()
    {
        var said = Store.Run("doctor");

        Assert.That(said.ExitCode, Is.Zero, said.Output);
        Assert.That(said.Json.GetProperty("ok").GetBoolean(), Is.True);
        var checks = said.Json.GetProperty("checks").EnumerateArray().ToList();
        Assert.That(checks.Select(static check => check.GetProperty("name").GetString()), Is.Unique.And.SupersetOf((string[])["store", "disk", "memory", "processors", "astrometry", "astap"]));
        foreach (var check in checks)
        {
            Assert.That(check.GetProperty("ok").GetBoolean(), Is.True, $"{check}");
            Assert.That(check.GetProperty("found").GetString(), Is.Not.Empty);
        }
        Assert.That(Directory.Exists(Store.Root), Is.False);
    }

    [Test]
    public void A_store_that_is_a_file_is_missing_7_with_what_mends_it()
    {
        File.WriteAllText(Store.Root, "kept");

        var said = Store.Run("doctor");

        Assert.That(said.ExitCode, Is.EqualTo(7), said.Output);
        Assert.That(said.Json.GetProperty("ok").GetBoolean(), Is.False);
        var store = said.Json.GetProperty("checks").EnumerateArray().Single(static check => check.GetProperty("name").GetString() == "store");
        Assert.That(store.GetProperty("ok").GetBoolean(), Is.False);
        Assert.That(store.GetProperty("found").GetString(), Does.Contain(Store.Root));
        Assert.That(store.GetProperty("mend").GetString(), Does.Contain("JOBS_DIR"));
        Assert.That(File.ReadAllText(Store.Root), Is.EqualTo("kept"));
        Assert.That(Store.Run("doctor", "--output", "text").Output, Does.Contain("MISSING store").And.Contain("JOBS_DIR"));
    }

    [Test]
    public void A_store_in_use_has_its_locks_tried()
    {
        Store.Wait(Store.Submit("true"));

        var checks = Store.Run("doctor").Json.GetProperty("checks").EnumerateArray().ToDictionary(static check => check.GetProperty("name").GetString()!);

        Assert.That(checks["locks"].GetProperty("ok").GetBoolean(), Is.True);
        Assert.That(File.Exists(Path.Combine(Store.Root, ".astrojobs", "doctor")), Is.False, "the probe is taken away");
    }
}
