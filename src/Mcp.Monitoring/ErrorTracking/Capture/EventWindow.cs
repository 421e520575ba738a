namespace Mcp.Monitoring.ErrorTracking.Capture;

/// <summary>One minute of the events of one fingerprint, and what is needed to tell how many more there were. Guarded by the budget.</summary>
internal sealed class EventWindow
{
    private readonly string[] _fingerprint;
    private readonly KeyValuePair<string, string>[] _tags;
    private readonly SentryLevel _level;
    private readonly string? _transaction;
    private readonly string? _logger;
    private readonly string _title;

    public EventWindow(string key, SentryEvent first, long end)
    {
        Key = key;
        End = end;
        _fingerprint = [.. first.Fingerprint];
        _tags = [.. first.Tags.Where(tag => tag.Key != EventStory.CorrelationId)];
        _level = first.Level;
        _transaction = first.Transaction;
        _logger = first.Logger;
        _title = first.Exception?.GetType().ToString() ?? first.MessageTemplate ?? first.Message ?? "an event";
    }

    public string Key { get; }

    public long End { get; }

    public int Sent { get; set; }

    public long More { get; set; }

    public SentryEvent Summary(DateTimeOffset now)
    {
        var summary = new SentryEvent
        {
            Timestamp = now,
            Level = _level,
            IsLevelFixed = true,
            IsSummary = true,
            Message = $"{More} more within a minute: {_title}",
            MessageTemplate = "{Count} more within a minute: {Error}",
            Transaction = _transaction,
            Logger = _logger,
        };
        summary.Extra["count"] = More;
        foreach ((string tag, string value) in _tags)
        {
            summary.Tags[tag] = value;
        }

        foreach (string part in _fingerprint)
        {
            summary.Fingerprint.Add(part);
        }

        return summary;
    }
}
