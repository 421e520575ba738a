using System.Globalization;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Burn rates near the numbers of a level, each by itself.</summary>
internal static class BurnOthers
{
    /// <param name="kind">The kind of objective.</param>
    /// <param name="longer">The longer window.</param>
    /// <param name="shorter">The shorter one.</param>
    /// <param name="limit">The limit of both.</param>
    public static IReadOnlyList<OtherSamples> Of(string kind, string longer, string shorter, double limit)
    {
        // Those that page ask whether calls failed within the last minute; the others within the last five.
        bool isFast = limit > 5;
        string fine = $"={Text(limit)}", over = $"={Text(1.4 * limit)}", half = $"={Text(limit / 2)}", overHalf = $"={Text(0.55 * limit)}";
        string all = Rates(over, over, over), fires = longer == "3d" ? "x220" : "x100";
        OtherSamples[] others =
        [
            new("just above", true, Rates($"={Text(1.05 * limit)}", $"={Text(1.05 * limit)}", over)),
            new("the longer at the limit", false, Rates(fine, over, over)),
            new("the shorter at the limit", false, Rates(over, fine, over)),
            new("few calls", false, all + Count(MinuteSamples.Calls, "=40")),
            new("few failures", false, all + Count(MinuteSamples.BadCalls, "=4")),
            new("enough calls and failures", true, all + Count(MinuteSamples.Calls, "=50") + Count(MinuteSamples.BadCalls, "=5")),
        ];
        return isFast
            ?
            [
                .. others,
                new("none in the last minute", false, all + Rate("1m", half)),
                new("some in the last minute", true, all + Rate("1m", overHalf)),
                new("ends at half", true, Rates($"{over}x30 {half}", $"{over}x30 {half}", $"{over}x30 {half}")),
                new("goes on", true, Rates($"{over}x30 {overHalf}", $"{over}x30 {overHalf}", $"{over}x30 {overHalf}")),
            ]
            :
            [
                .. others,
                new("fewer calls later", true, all + Count(MinuteSamples.Calls, $"=50{fires} =40")),
                new("fewer failures later", true, all + Count(MinuteSamples.BadCalls, $"=5{fires} =4")),
                new("none in the last minutes", false, Rates(over, over, half)),
                new("some in the last minutes", true, Rates(over, over, overHalf)),
            ];

        string Rates(string ofLonger, string ofShorter, string ofLast) => Rate(longer, ofLonger) + Rate(shorter, ofShorter) + (shorter == "5m" ? "" : Rate("5m", ofLast));

        string Rate(string window, string values) => $"mcp_slo_burn_rate{{slo=\"all\",kind=\"{kind}\",window=\"{window}\"}} {values}\n";

        string Count(string metric, string values) => $"{metric}{{slo=\"all\",kind=\"{kind}\",window=\"{longer}\"}} {values}\n";
    }

    private static string Text(double value) => Math.Round(value, 3).ToString(CultureInfo.InvariantCulture);
}
