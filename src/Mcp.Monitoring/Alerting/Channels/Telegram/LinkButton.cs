namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>A button below a message that opens an address.</summary>
internal readonly record struct LinkButton(string Text, string Url);
