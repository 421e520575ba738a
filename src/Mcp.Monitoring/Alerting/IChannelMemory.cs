namespace Mcp.Monitoring.Alerting;

/// <summary>What channels remember over a restart: small texts, such as the chat that a group has moved to. Any thread.</summary>
internal interface IChannelMemory
{
    /// <param name="channel">The channel's name.</param>
    /// <param name="key">What it is found by, among the channel's.</param>
    string? Find(string channel, string key);

    /// <summary>Remembers a text, which is saved with the engine's next step.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="key">What it is found by, among the channel's.</param>
    /// <param name="value">At most 1,024 characters.</param>
    /// <param name="lifetime">How long.</param>
    void Keep(string channel, string key, string value, TimeSpan lifetime);

    /// <summary>Remembers a text that nobody has remembered before.</summary>
    /// <returns>Whether it is the first.</returns>
    bool TryAdd(string channel, string key, string value, TimeSpan lifetime);
}
