using System.Globalization;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Failures and other calls that show over which time a share of them is taken, each by itself.</summary>
internal static class ShareOthers
{
    // When they were, and how long before they count no longer the failures begin.
    private const int Before = 5, Early = 2;

    /// <param name="failures">The series of what is a share.</param>
    /// <param name="calls">The series of what it is a share of.</param>
    /// <param name="window">The minutes over which it is taken.</param>
    /// <param name="slowly">So many a minute are just enough over all of it.</param>
    public static IReadOnlyList<OtherSamples> Of(string failures, string calls, int window, double slowly) =>
    [
        new("slowly", true, $"{failures} +0x20 +{Text(slowly)}\n{calls} +0x20 +{Text(slowly / 4)}"),
        new("many calls before", true, $"{failures} +0x{window + Before - Early} +{Text(slowly * window)}\n{calls} +0x{Before} +100000x1 +0"),
    ];

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
