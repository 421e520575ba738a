using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Parity;

/// <summary>Samples that go up and down at random, between the numbers that a level's own samples have.</summary>
internal static partial class RandomHistory
{
    private const int LongestSegment = 20;

    /// <param name="random">Where chance comes from.</param>
    /// <param name="samples">Series as <see cref="Tests.Alerting.Rules.Samples.SampleSeries"/> reads them.</param>
    /// <param name="minutes">How long they are.</param>
    public static string Of(Random random, string samples, int minutes)
    {
        var text = new StringBuilder();
        foreach (string line in samples.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Match series = Line().Match(line);
            double[] numbers = [.. Number().Matches(series.Groups["values"].Value).Select(number => double.Parse(number.Groups["number"].Value, CultureInfo.InvariantCulture))];
            char kind = series.Groups["values"].Value[0];
            text.Append(series.Groups["series"].Value);
            for (int minute = 0; minute < minutes;)
            {
                int length = Math.Min(minutes - minute, 1 + random.Next(LongestSegment));
                double number = numbers[random.Next(numbers.Length)];
                double drawn = random.Next(4) switch
                {
                    0 => 0,
                    1 => Math.Floor(number * (0.3 + (1.7 * random.NextDouble()))),
                    _ => number,
                };
                text.Append(CultureInfo.InvariantCulture, $" {kind}{drawn}x{length}");
                minute += length;
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^(?<series>\S+( [\d.]+s)?) (?<values>[+=_].*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Line();

    [GeneratedRegex(@"[+=](?<number>[\d.]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
