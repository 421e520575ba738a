using System.Globalization;

namespace Mcp.Monitoring.Alerting.Storage;

/// <summary>What an objective counted in one span of time.</summary>
internal sealed record StoredSloBucket(string Slo, DateTimeOffset Start, TimeSpan Length, long Good, long Total) : StoreRow
{
    public override string Key => string.Create(CultureInfo.InvariantCulture, $"{Slo}|{(long)Length.TotalSeconds}|{Start.ToUnixTimeSeconds()}");

    public override DateTimeOffset? ClosedAt => Start + Length;
}
