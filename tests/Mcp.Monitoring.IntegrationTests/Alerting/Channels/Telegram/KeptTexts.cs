using System.Collections.Concurrent;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;

/// <summary>What a channel remembers, for as long as the test.</summary>
internal sealed class KeptTexts(TimeProvider time) : IChannelMemory
{
    private readonly ConcurrentDictionary<string, (string Value, DateTimeOffset Until)> _texts = new(StringComparer.Ordinal);

    public string? Find(string channel, string key) => _texts.TryGetValue(key, out var kept) && kept.Until > time.GetUtcNow() ? kept.Value : null;

    public void Keep(string channel, string key, string value, TimeSpan lifetime) => _texts[key] = (value, time.GetUtcNow() + lifetime);

    public bool TryAdd(string channel, string key, string value, TimeSpan lifetime)
    {
        if (Find(channel, key) is not null)
        {
            return false;
        }

        Keep(channel, key, value, lifetime);
        return true;
    }
}
