using System.Globalization;
using Mcp.Monitoring.Alerts.Storage;

namespace Mcp.Monitoring.Alerts.Flapping;

/// <summary>How often an alert came and went.</summary>
internal sealed record StoredFlapping : StoreRow
{
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required IReadOnlyList<DateTimeOffset> Ends { get; init; }

    public required DateTimeOffset LastChange { get; init; }

    public bool IsFlapping { get; init; }

    public override string Key => KeyOf(Labels as AlertLabels ?? new AlertLabels(Labels));

    public static string KeyOf(AlertLabels labels) => labels.Fingerprint.ToString("x16", CultureInfo.InvariantCulture);

    public static StoredFlapping Of(FlapHistory history, AlertClock clock) => new()
    {
        Labels = history.Labels,
        Ends = [.. history.Ends.Select(clock.ToUtc)],
        LastChange = clock.ToUtc(history.LastChange),
        IsFlapping = history.IsFlapping,
    };

    public FlapHistory ToHistory(AlertClock clock)
    {
        var history = new FlapHistory(new AlertLabels(Labels)) { IsFlapping = IsFlapping, LastChange = clock.FromUtc(LastChange) };
        foreach (DateTimeOffset end in Ends)
        {
            history.Ends.Enqueue(clock.FromUtc(end));
        }

        return history;
    }
}
