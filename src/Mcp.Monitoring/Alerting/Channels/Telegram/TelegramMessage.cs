namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>A message as Telegram takes it.</summary>
/// <param name="Html">Its text in Telegram's HTML.</param>
/// <param name="Links">The buttons below it.</param>
/// <param name="Plain">The same as plain text, with the links in it: for a server that refuses the other.</param>
internal sealed record TelegramMessage(string Html, IReadOnlyList<LinkButton> Links, string Plain);
