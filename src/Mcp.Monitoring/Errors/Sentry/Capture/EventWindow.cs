using Mcp.Monitoring.Errors.Sentry.Queue;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Capture;

/// <summary>One minute of the events of one fingerprint, and what is needed to tell how many more there were. Guarded by the budget.</summary>
internal sealed class EventWindow
{
    private readonly string[] _fingerprint;
    private readonly KeyValuePair<string, string>[] _tags;
    private readonly SentryLevel _level;
    private readonly EventTrace _trace;
    private readonly string? _transaction;
    private readonly string? _logger;
    private readonly string _title;

    public EventWindow(string key, CapturedEvent captured, long end)
    {
        SentryEvent first = captured.Event;
        Key = key;
        End = end;
        _fingerprint = [.. first.Fingerprint];
        _tags = [.. first.Tags.Where(tag => tag.Key != EventEnricher.CorrelationId)];
        _level = first.Level ?? SentryLevel.Error;
        _trace = captured.Trace;
        _transaction = first.TransactionName;
        _logger = first.Logger;
        _title = first.Exception?.GetType().ToString() ?? first.Message?.Message ?? first.Message?.Formatted ?? "an event";
    }

    public string Key { get; }

    public long End { get; }

    public int Sent { get; set; }

    /// <summary>Gets or sets whether the hook has let one of them pass: of what it drops nothing is told.</summary>
    public bool HasLeft { get; set; }

    public long More { get; set; }

    public CapturedEvent Summary()
    {
        var summary = new SentryEvent
        {
            Level = _level,
            Message = new SentryMessage { Message = "{Count} more within a minute: {Error}", Formatted = $"{More} more within a minute: {_title}" },
            TransactionName = _transaction,
            Logger = _logger,
            Fingerprint = _fingerprint,
        };
        summary.SetExtra("count", More);
        foreach ((string tag, string value) in _tags)
        {
            summary.SetTag(tag, value);
        }

        return new CapturedEvent(summary) { IsSummary = true, Trace = _trace };
    }
}
