using System.Collections.Concurrent;

namespace Mcp.Monitoring.IntegrationTests.Clients;

/// <summary>The conversations that many tests look at, each held once.</summary>
public sealed class Conversations
{
    private readonly ConcurrentDictionary<(string, bool), Lazy<Task<Conversation>>> _held = new();

    internal Task<Conversation> OfAsync(string protocolVersion, bool isStateful) =>
        _held.GetOrAdd((protocolVersion, isStateful), _ => new(() => Conversation.HoldAsync(protocolVersion, isStateful))).Value;
}
