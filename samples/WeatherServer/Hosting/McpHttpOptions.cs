namespace WeatherServer.Hosting;

/// <summary>Settings of one MCP endpoint.</summary>
internal sealed record McpHttpOptions
{
    /// <summary>Gets whether every request stands alone. Otherwise clients up to protocol 2025-11-25 get a session; later ones have none to ask for.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Stateless { get; init; } = true;

    /// <summary>Gets how long a session without a request is kept.</summary>
    /// <value>The default is 10 minutes.</value>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets how long calls in progress may go on once the server stops.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(1);
}
