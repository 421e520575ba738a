namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Who calls, and what callers get wrong, in the last hour.</summary>
internal sealed record AgentsView
{
    /// <summary>Gets the clients that have called, the busiest first.</summary>
    public IReadOnlyList<ClientView> Clients { get; init; } = [];

    /// <summary>Gets the requests for what does not exist, by type, the most frequent first.</summary>
    public IReadOnlyList<UnknownView> Unknown { get; init; } = [];

    /// <summary>Gets the calls of tools, resources and prompts whose arguments were refused.</summary>
    public double RefusedArguments { get; init; }

    /// <summary>Gets the sessions with a message in the last 10 minutes.</summary>
    public double? Sessions { get; init; }

    /// <summary>Gets the streams that are open now.</summary>
    public double? Streams { get; init; }
}

/// <summary>A client of one revision of the protocol.</summary>
/// <param name="Name">Its name, if it is on the list of <c>clients.names</c>; else <c>_other</c>.</param>
/// <param name="Protocol">The revision, such as <c>2025-11-25</c>.</param>
/// <param name="Requests">Its requests.</param>
/// <param name="ServerErrors">Those that failed by fault of the server.</param>
/// <param name="ClientErrors">Those that were wrong.</param>
internal sealed record ClientView(string Name, string Protocol, double Requests, double ServerErrors, double ClientErrors);

/// <summary>Requests for operations that do not exist.</summary>
/// <param name="Type">What was asked for: <c>tools</c>, <c>resources</c>, <c>prompts</c>, <c>completion</c>, <c>protocol</c>.</param>
/// <param name="Count">How often.</param>
internal sealed record UnknownView(string Type, double Count);
