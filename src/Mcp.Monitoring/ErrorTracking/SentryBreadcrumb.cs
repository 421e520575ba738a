namespace Mcp.Monitoring.ErrorTracking;

/// <summary>One thing that happened before an error: a line of the trail that Sentry shows beneath it.</summary>
public sealed class SentryBreadcrumb
{
    /// <summary>Gets when it happened.</summary>
    /// <value>The default is the moment the breadcrumb was made, by the system's clock.</value>
    public DateTimeOffset Timestamp { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>Gets what happened.</summary>
    /// <value>The default is <see langword="null"/>. Characters beyond 8,192 are not sent.</value>
    public string? Message { get; init; }

    /// <summary>Gets where it comes from, such as the name of a logger.</summary>
    /// <value>The default is <see langword="null"/>. Characters beyond 200 are not sent.</value>
    public string? Category { get; init; }

    /// <summary>Gets its kind, which decides the symbol that Sentry shows, such as <c>http</c> or <c>query</c>.</summary>
    /// <value>The default is <see langword="null"/>, which Sentry shows as <c>default</c>. Characters beyond 64 are not sent.</value>
    public string? Type { get; init; }

    /// <summary>Gets how bad it is.</summary>
    /// <value>The default is <see cref="SentryLevel.Info"/>.</value>
    public SentryLevel Level { get; init; } = SentryLevel.Info;

    /// <summary>Gets details by name.</summary>
    /// <value>The default is <see langword="null"/>. At most 50 are sent.</value>
    public IReadOnlyDictionary<string, string>? Data { get; init; }
}
