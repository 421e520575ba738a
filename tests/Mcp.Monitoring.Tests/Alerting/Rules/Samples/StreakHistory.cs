using System.Globalization;
using System.Text;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Which calls fail and which succeed, minute by minute.</summary>
/// <param name="series">The series of failures, of successes, and of failures of another operation, each as <see cref="SampleSeries"/> reads it but for its values.</param>
internal sealed class StreakHistory(StreakSeries series)
{
    private const int Afterwards = 8;

    private readonly Dictionary<string, SortedDictionary<int, double>> _events = new(StringComparer.Ordinal)
    {
        [series.Failures] = [],
        [series.Successes] = [],
        [series.Others] = [],
    };

    /// <summary>Gets how long it is, with the time for an alert to end.</summary>
    public int Minutes => _events.Values.SelectMany(events => events.Keys).Max() + Afterwards;

    public StreakHistory Fail(int minute, double times = 1) => Add(series.Failures, minute, times);

    /// <summary>Lets another operation fail, where the failures of all count.</summary>
    public StreakHistory FailElsewhere(int minute, double times = 1) => Add(series.Others, minute, times);

    public StreakHistory Succeed(int minute) => Add(series.Successes, minute, 1);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string name, SortedDictionary<int, double> events) in _events.Where(of => of.Key.Length > 0))
        {
            int next = 0;
            text.Append(name);
            foreach ((int minute, double times) in events)
            {
                text.Append(CultureInfo.InvariantCulture, $" +0x{minute - next} +{times}x1");
                next = minute + 1;
            }

            text.Append(" +0\n");
        }

        return text.ToString();
    }

    private StreakHistory Add(string name, int minute, double times)
    {
        _events[name][minute] = times;
        return this;
    }
}

/// <summary>The series of a level of failures in a row, without their values.</summary>
/// <param name="Failures">What fails.</param>
/// <param name="Successes">What succeeds.</param>
/// <param name="Others">What fails of another operation; empty where that is nothing to the level.</param>
internal sealed record StreakSeries(string Failures, string Successes, string Others = "");
