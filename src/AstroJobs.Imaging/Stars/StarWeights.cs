using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Stars;

/// <summary>The weights of <see cref="StarShape"/> along both axes: of each column and row w, w·d and w·d², where d is the distance from the centre.</summary>
/// <param name="room">At least <see cref="Room"/> floats.</param>
internal readonly ref struct StarWeights(Span<float> room)
{
    /// <summary>Floats for both axes, whole vectors of any machine.</summary>
    public const int Room = 2 * Axis.PerPixel * Longest;

    private const int Longest = (2 * StarShape.LargestRadius) + 64;

    /// <summary>All w, then all w·d, then all w·d².</summary>
    public Axis Columns { get; } = new(room[..(Axis.PerPixel * Longest)], 1, Longest);

    /// <summary>Row by row its three.</summary>
    public Axis Rows { get; } = new(room.Slice(Axis.PerPixel * Longest, Axis.PerPixel * Longest), Axis.PerPixel, 1);

    /// <param name="step">From a pixel's term to the next pixel's.</param>
    /// <param name="apart">From a term to the next one of the same pixel.</param>
    internal readonly ref struct Axis(Span<float> terms, int step, int apart)
    {
        public const int PerPixel = 3;

        public Span<float> Terms { get; } = terms;

        /// <summary>
        /// w = exp(−d²/2s²); 0 before <paramref name="first"/> and behind <paramref name="last"/>. From pixel to pixel w grows by a factor that itself shrinks
        /// by exp(−1/s²): three exponentials do for all.
        /// </summary>
        /// <param name="start">The first of <paramref name="count"/> pixels.</param>
        /// <returns>The sum of the squared weights.</returns>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public double Fill(double centre, double sigma, int start, int first, int last, int count)
        {
            var k = -0.5 / (sigma * sigma);
            var d = first - centre;
            var (weight, growth, shrinking) = (Math.Exp(k * d * d), Math.Exp(k * ((2 * d) + 1)), Math.Exp(2 * k));
            var squares = 0.0;
            for (var pixel = 0; pixel < first - start; pixel++)
                Set(pixel, 0, 0);
            for (var pixel = first - start; pixel <= last - start; pixel++, d++)
            {
                Set(pixel, weight, d);
                squares += weight * weight;
                (weight, growth) = (weight * growth, growth * shrinking);
            }
            for (var pixel = last - start + 1; pixel < count; pixel++)
                Set(pixel, 0, 0);
            return squares;
        }

        public (Vector<float> W, Vector<float> First, Vector<float> Second) Lanes(int column)
        {
            ref var start = ref MemoryMarshal.GetReference(Terms[column..]);
            return (Vector.LoadUnsafe(ref start), Vector.LoadUnsafe(ref start, (nuint)apart), Vector.LoadUnsafe(ref start, (nuint)(2 * apart)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Set(int pixel, double weight, double d)
        {
            var i = pixel * step;
            Terms[i] = (float)weight;
            Terms[i + apart] = (float)(weight * d);
            Terms[i + (2 * apart)] = (float)(weight * d * d);
        }
    }
}
