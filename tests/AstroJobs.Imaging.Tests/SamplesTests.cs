namespace AstroJobs.Imaging.Tests;

/// <summary>Every kernel against its formula and its scalar twin, at lengths around a vector's.</summary>
public sealed class SamplesTests
{
    private static readonly int[] Lengths = [0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100];

    [Test]
    public void Every_byte_is_its_255th_part_and_comes_back()
    {
        var bytes = Enumerable.Range(0, 256).Select(n => (byte)n).ToArray();
        var (floats, back) = (new float[256], new byte[256]);
        Samples.ToFloat(bytes, floats);
        Samples.ToUInt8(floats, back);
        Assert.That(floats, Is.EqualTo(bytes.Select(n => n / 255f)));
        Assert.That(back, Is.EqualTo(bytes));
    }

    [Test]
    public void Every_short_is_its_65535th_part_and_comes_back()
    {
        var shorts = Enumerable.Range(0, 65536).Select(n => (ushort)n).ToArray();
        var (floats, back) = (new float[65536], new ushort[65536]);
        Samples.ToFloat(shorts, floats);
        Samples.ToUInt16(floats, back);
        Assert.That(floats.Where((value, n) => value != n / 65535f), Is.Empty);
        Assert.That(back.SequenceEqual(shorts), Is.True);
    }

    [TestCaseSource(nameof(Lengths))]
    public void Vectors_answer_as_their_scalar_twins(int length)
    {
        var random = new Random(length);
        var (bytes, shorts) = (new byte[length], Enumerable.Range(0, length).Select(_ => (ushort)random.Next(65536)).ToArray());
        random.NextBytes(bytes);
        var floats = Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 1.4f) - 0.2f).ToArray();
        Same<float>(length, actual => Samples.ToFloat(bytes, actual), expected => Samples.ToFloatScalar(bytes, expected));
        Same<float>(length, actual => Samples.ToFloat(shorts, actual), expected => Samples.ToFloatScalar(shorts, expected));
        Same<byte>(length, actual => Samples.ToUInt8(floats, actual), expected => Samples.ToUInt8Scalar(floats, expected));
        Same<ushort>(length, actual => Samples.ToUInt16(floats, actual), expected => Samples.ToUInt16Scalar(floats, expected));
        Same<ushort>(length, actual => Flip(shorts, actual), expected => Array.Copy(shorts.Select(n => (ushort)(n ^ 0x8000)).ToArray(), expected, length));
        Assert.That(Samples.Max(floats), Is.EqualTo(Samples.MaxScalar(floats)));
    }

    [Test]
    public void Integers_are_clamped_and_rounded_and_NaN_is_zero()
    {
        float[] samples = [-1, float.NegativeInfinity, float.NaN, -0f, 0.5f, 1, 2, float.PositiveInfinity, 0.4999f / 255, 0.5001f / 255, 254.4999f / 255, 254.5001f / 255];
        byte[] expected = [0, 0, 0, 0, 128, 255, 255, 255, 0, 1, 254, 255];
        var repeated = Enumerable.Repeat(samples, 6).SelectMany(part => part).ToArray(); // long enough for the vectors
        var actual = new byte[repeated.Length];
        Samples.ToUInt8(repeated, actual);
        Assert.That(actual, Is.EqualTo(Enumerable.Repeat(expected, 6).SelectMany(part => part)));
    }

    [Test]
    public void NaN_is_no_maximum()
    {
        var samples = Enumerable.Repeat(float.NaN, 40).ToArray();
        samples[3] = -2;
        Assert.That(Samples.Max(samples), Is.EqualTo(-2));
    }

    private static void Flip(ushort[] source, ushort[] target)
    {
        source.CopyTo(target, 0);
        Samples.FlipSign(target);
    }

    private static void Same<T>(int length, Action<T[]> vector, Action<T[]> scalar)
    {
        var (actual, expected) = (new T[length], new T[length]);
        vector(actual);
        scalar(expected);
        Assert.That(actual, Is.EqualTo(expected));
    }
}
