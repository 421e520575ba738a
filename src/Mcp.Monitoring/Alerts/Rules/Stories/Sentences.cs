using Mcp.Monitoring.Alerts.Rules.Expressions;

namespace Mcp.Monitoring.Alerts.Rules.Stories;

/// <summary>What is the matter, with numbers.</summary>
internal static class Sentences
{
    /// <summary>Says how many of how many: <c>14 of 20 calls failed in 5 min</c>.</summary>
    public static string Share(Telling telling, Selector some, Selector all, TimeSpan window, string what) => Share(telling, telling.Alert.Labels, some, all, window, what);

    public static string Share(Telling telling, AlertLabels labels, Selector some, Selector all, TimeSpan window, string what)
    {
        double part = telling.Count(some.Of(labels), window);
        double whole = telling.Count(all.Of(labels), window);
        return Share(part, whole, window, what);
    }

    public static string Share(double part, double whole, TimeSpan window, string what) =>
        $"{Wording.Count(part)} of {Wording.Count(Math.Max(part, whole))} {what} in {Wording.Span(window)}{(part < whole ? $" ({Wording.Percent(part / whole)})" : "")}";

    /// <summary>Says how slow: <c>p95 is 1.2 s, the limit is 500 ms</c>.</summary>
    public static string Slow(Telling telling, string quantile) =>
        $"{quantile} is {Wording.Seconds(telling.Alert.Value)}, the limit is {Wording.Seconds(telling.Alert.Limit)}";
}
