namespace Mcp.Monitoring.ErrorTracking;

/// <summary>What events carry in addition. It is changed inside <see cref="ISentryHub.ConfigureScope"/> only.</summary>
public sealed class SentryScope
{
    /// <summary>The most tags, and the most extras, that an event takes over from a scope.</summary>
    private const int Most = 50;

    /// <summary>Gets what Sentry can search by.</summary>
    /// <value>Empty at first. At most 50 are sent.</value>
    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets further data that Sentry shows and does not search.</summary>
    /// <value>Empty at first. At most 50 are sent.</value>
    public IDictionary<string, object?> Extra { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>Gets or sets the id of the user. What is set here is sent, whatever <see cref="SentryOptions.SendUser"/> says.</summary>
    /// <value>The default is <see langword="null"/>: that of the request, if it is to be sent.</value>
    public string? UserId { get; set; }

    /// <summary>Gets or sets what puts events into one group.</summary>
    /// <value>The default is empty: operation, error type and the exception's own frames.</value>
    public IList<string> Fingerprint { get; set; } = [];

    /// <summary>Gets or sets how bad events are.</summary>
    /// <value>The default is <see langword="null"/>: as they come.</value>
    public SentryLevel? Level { get; set; }

    /// <summary>Adds what a caller has to say of this event alone.</summary>
    internal static SentryEvent Applied(SentryEvent sentryEvent, Action<SentryScope>? configure)
    {
        if (configure is not null)
        {
            var scope = new SentryScope();
            configure(scope);
            scope.ApplyTo(sentryEvent);
            sentryEvent.IsLevelFixed = scope.Level is not null;
        }

        return sentryEvent;
    }

    /// <summary>Adds what the event does not say itself.</summary>
    internal void ApplyTo(SentryEvent sentryEvent)
    {
        foreach ((string key, string value) in Tags.Take(Most))
        {
            sentryEvent.Tags.TryAdd(key, value);
        }

        foreach ((string key, object? value) in Extra.Take(Most))
        {
            sentryEvent.Extra.TryAdd(key, value);
        }

        sentryEvent.UserId ??= UserId;
        if (Level is { } level && !sentryEvent.IsLevelFixed)
        {
            sentryEvent.Level = level;
            sentryEvent.IsLevelFixed = true;
        }

        if (sentryEvent.Fingerprint.Count == 0)
        {
            foreach (string part in Fingerprint)
            {
                sentryEvent.Fingerprint.Add(part);
            }
        }
    }
}
