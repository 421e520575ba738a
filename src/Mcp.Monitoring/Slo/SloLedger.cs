
namespace Mcp.Monitoring.Slo;

/// <summary>What an indicator counted in the last 30 days: each event is in a minute, in 5 minutes and in an hour.</summary>
internal sealed class SloLedger
{
    public static readonly TimeSpan Period = TimeSpan.FromDays(30);

    private readonly SloTier[] _tiers =
    [
        new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(6)),
        new(TimeSpan.FromMinutes(5), TimeSpan.FromDays(3)),
        new(TimeSpan.FromHours(1), Period),
    ];

    public bool IsEmpty => _tiers.All(tier => tier.IsEmpty);

    public void Add(DateTime now, SloEvents events)
    {
        foreach (SloTier tier in _tiers)
        {
            tier.Add(now, events);
        }
    }

    /// <summary>Gets the events of a window, from the buckets that reach into it: up to a minute, 5 minutes or an hour more.</summary>
    public SloEvents Sum(DateTime now, TimeSpan window)
    {
        int tier = 0;
        while (tier < _tiers.Length - 1 && window > _tiers[tier].Span)
        {
            tier++;
        }

        return _tiers[tier].Sum(now, window);
    }

    public void Trim(DateTime now)
    {
        foreach (SloTier tier in _tiers)
        {
            tier.Trim(now);
        }
    }

    public void Shift(TimeSpan by)
    {
        foreach (SloTier tier in _tiers)
        {
            tier.Shift(by);
        }
    }

    public void Load(DateTime now, IReadOnlyCollection<SloBucket> stored)
    {
        foreach (SloTier tier in _tiers)
        {
            tier.Load(now, stored.Where(bucket => bucket.Length == tier.Length && bucket.Total > 0 && bucket.Good >= 0 && bucket.Good <= bucket.Total)
                .Select(bucket => (bucket.Start.UtcDateTime, new SloEvents(bucket.Good, bucket.Total))));
        }
    }

    public IEnumerable<SloBucket> TakeChanged(string indicator) =>
        _tiers.SelectMany(tier => tier.TakeChanged().Select(
            bucket => new SloBucket(indicator, new DateTimeOffset(bucket.Start), tier.Length, bucket.Events.Good, bucket.Events.Total)));
}
