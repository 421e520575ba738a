using System.Globalization;

namespace Mcp.Monitoring.IntegrationTests.Servers;

/// <summary>One answer of <c>/metrics</c> in the text format: each series as it is written, and its value.</summary>
internal sealed class MetricsPage
{
    private readonly IReadOnlyList<Series> _series;

    private MetricsPage(string text, IReadOnlyList<Series> series)
    {
        Text = text;
        _series = series;
    }

    public string Text { get; }

    /// <summary>Gets the number of series of our own; what others measure comes and goes.</summary>
    public int OwnSeries => _series.Count(series => series.Name.StartsWith("mcp_", StringComparison.Ordinal));

    public static MetricsPage Parse(string text) =>
        new(text, [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(Series.Parse)]);

    /// <summary>Adds up the series of a metric whose labels have these values.</summary>
    public double Sum(string metric, params (string Label, string Value)[] labels)
    {
        // A misspelt name must not pass for a zero.
        Assert.Contains($"# TYPE {metric} ", Text, StringComparison.Ordinal);
        return _series.Where(series => series.Is(metric, labels)).Sum(series => series.Value);
    }

    /// <summary>Adds up the observations of a histogram whose labels have these values.</summary>
    public double Count(string histogram, params (string Label, string Value)[] labels)
    {
        Assert.Contains($"# TYPE {histogram} histogram", Text, StringComparison.Ordinal);
        return _series.Where(series => series.Is($"{histogram}_count", labels)).Sum(series => series.Value);
    }

    /// <summary>How much each series of a metric has grown since an earlier page, by the values of the given labels; what stood still is left out.</summary>
    public SortedDictionary<string, double> GrowthSince(MetricsPage before, string metric, params string[] labels)
    {
        var growth = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (page, sign) in new[] { (this, 1), (before, -1) })
        {
            foreach (var series in page._series.Where(series => series.Is(metric)))
            {
                string key = string.Join(' ', labels.Select(series.Label));
                growth[key] = growth.GetValueOrDefault(key) + (sign * series.Value);
            }
        }

        return new(growth.Where(pair => pair.Value is not 0).ToDictionary(), StringComparer.Ordinal);
    }

    private sealed record Series(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
    {
        public static Series Parse(string line)
        {
            var labels = new Dictionary<string, string>(StringComparer.Ordinal);
            int open = line.IndexOf('{', StringComparison.Ordinal);
            int at = open < 0 ? line.IndexOf(' ', StringComparison.Ordinal) : open;
            string name = line[..at];
            if (open >= 0)
            {
                at++;
                while (line[at] != '}')
                {
                    int quote = line.IndexOf("=\"", at, StringComparison.Ordinal);
                    int end = quote + 2;
                    while (line[end] != '"')
                    {
                        end += line[end] == '\\' ? 2 : 1;
                    }

                    labels[line[at..quote]] = line[(quote + 2)..end];
                    at = line[end + 1] == ',' ? end + 2 : end + 1;
                }

                at++;
            }

            return new(name, labels, Number(line[at..].Trim()));
        }

        public bool Is(string metric, params (string Label, string Value)[] labels) =>
            Name == metric && labels.All(wanted => Label(wanted.Label) == wanted.Value);

        public string Label(string name) => Labels.GetValueOrDefault(name, "");

        private static double Number(string text) => text switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
    }
}
