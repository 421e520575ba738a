using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Where the views come from; what can be changed by a reload is asked for each time.</summary>
internal sealed record StatusSources
{
    /// <summary>Gets who reads samples, rules and objectives.</summary>
    public required Func<EngineReader> Engine { get; init; }

    /// <summary>Gets the operations that exist, called or not.</summary>
    public required Func<IEnumerable<Operation>> Operations { get; init; }

    public required RecentFailures Failures { get; init; }

    public required ServiceView Service { get; init; }

    public required Func<TimeZoneInfo> TimeZone { get; init; }

    public required Func<LinkOptions> Links { get; init; }

    /// <summary>Gets the dashboard elsewhere, if there is one.</summary>
    public Func<string?> Dashboard { get; init; } = static () => null;

    /// <summary>Gets the limit of the p95 of operations that have none of their own.</summary>
    public required Func<TimeSpan> LatencyTarget { get; init; }

    /// <summary>Gets what the settings have switched on.</summary>
    public required Func<Coverage> Coverage { get; init; }

    /// <summary>Gets the settings in use as YAML, secrets as <c>***</c>.</summary>
    public required Func<string> Settings { get; init; }

    /// <summary>Gets how the names of our metrics begin for users.</summary>
    public required string MetricsPrefix { get; init; }

    public required TimeProvider Time { get; init; }
}

/// <summary>What the settings have switched on.</summary>
internal sealed record Coverage(bool Alerts, bool Metrics, bool Sentry, bool Traces, bool Forwards, bool TraceLink);
