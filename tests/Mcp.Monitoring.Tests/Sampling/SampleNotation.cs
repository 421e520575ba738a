using System.Globalization;

namespace Mcp.Monitoring.Tests.Sampling;

/// <summary>Samples as Prometheus' tests write them: <c>0+10x3</c> is 0 10 20 30.</summary>
internal static class SampleNotation
{
    public static IEnumerable<double> Parse(string samples)
    {
        foreach (string part in samples.Split(' '))
        {
            int plus = part.IndexOf('+', StringComparison.Ordinal);
            if (plus < 0)
            {
                yield return double.Parse(part, CultureInfo.InvariantCulture);
                continue;
            }

            double first = double.Parse(part[..plus], CultureInfo.InvariantCulture);
            string[] rest = part[(plus + 1)..].Split('x');
            for (int i = 0; i <= int.Parse(rest[1], CultureInfo.InvariantCulture); i++)
            {
                yield return first + (i * double.Parse(rest[0], CultureInfo.InvariantCulture));
            }
        }
    }
}
