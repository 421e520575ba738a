namespace Mcp.Monitoring.ErrorTracking;

/// <summary>The request in which an error happened, as far as it may be told: never its body, and no header that nobody put here.</summary>
public sealed class SentryRequest
{
    /// <summary>Gets or sets the method of HTTP.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? Method { get; set; }

    /// <summary>Gets or sets the address, with the route's template for a path and without a query.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? Url { get; set; }

    /// <summary>Gets headers by name.</summary>
    /// <value>Empty at first. At most 50 are sent.</value>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
