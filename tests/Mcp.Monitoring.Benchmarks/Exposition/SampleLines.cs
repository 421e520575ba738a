using System.Globalization;
using System.Text;

namespace Mcp.Monitoring.Benchmarks.Exposition;

/// <summary>A scrape as its lines of samples, to compare what two writers wrote.</summary>
internal static class SampleLines
{
    private const double Tolerance = 1e-12;

    public static string[] Of(ReadOnlySpan<byte> scrape) =>
        [.. Encoding.UTF8.GetString(scrape).Split('\n').Where(line => line.Length > 0 && line[0] != '#')];

    /// <summary>Fails unless both have the same series in the same order with the same values.</summary>
    public static void Compare(ReadOnlySpan<byte> scrape, ReadOnlySpan<byte> other)
    {
        string[] lines = Of(scrape);
        string[] others = Of(other);
        if (lines.Length != others.Length)
        {
            throw new InvalidOperationException($"One scrape has {lines.Length} samples, the other {others.Length}.");
        }

        foreach ((string line, string otherLine) in lines.Zip(others))
        {
            if (!AreEqual(line, otherLine))
            {
                throw new InvalidOperationException($"One scrape has {line}, the other {otherLine}.");
            }
        }
    }

    private static bool AreEqual(string line, string other)
    {
        (string series, double[] numbers) = Parts(line);
        (string otherSeries, double[] otherNumbers) = Parts(other);
        return string.Equals(series, otherSeries, StringComparison.Ordinal)
            && numbers.Length == otherNumbers.Length
            && numbers.Zip(otherNumbers).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Abs(pair.First));
    }

    // name{labels} value, or name{labels} value # {labels} value time. No label value here has a space.
    private static (string Labels, double[] Numbers) Parts(string line)
    {
        string[] words = line.Split(' ');
        return (
            string.Join(' ', words.Where(word => word.Contains('{', StringComparison.Ordinal))),
            [.. words.Where(word => !word.Contains('{', StringComparison.Ordinal) && word is not "#").Select(word => double.Parse(word, CultureInfo.InvariantCulture))]);
    }
}
