namespace Mcp.Monitoring.Alerting.Channels.Slack;

/// <summary>A message within Slack's limits; its texts are escaped.</summary>
/// <param name="Text">All of it as text: for notifications of the system, and where Slack refuses the blocks.</param>
/// <param name="Header">What is the matter with what.</param>
/// <param name="Colour">The colour of the bar beside the rest.</param>
/// <param name="Sections">The rest, in pieces of some lines.</param>
/// <param name="Context">What stands below it in small letters.</param>
/// <param name="Links">Where people may go.</param>
internal sealed record SlackMessage(
    string Text, string Header, string Colour, IReadOnlyList<string> Sections, IReadOnlyList<string> Context, IReadOnlyList<SlackLink> Links);

/// <summary>A button that opens a page.</summary>
/// <param name="Label">What is on it.</param>
/// <param name="Address">An absolute http or https URL.</param>
internal readonly record struct SlackLink(string Label, string Address);
