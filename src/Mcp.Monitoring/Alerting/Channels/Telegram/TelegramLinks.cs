using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Where a message leads to: by buttons, as far as Telegram takes the addresses; the others stand in its text.</summary>
internal sealed record TelegramLinks(IReadOnlyList<LinkButton> Buttons, IReadOnlyList<string> InText)
{
    private const int LongestAddress = 1_024;

    public static TelegramLinks Of(AlertNotification message, AlertTexts texts)
    {
        List<LinkButton> buttons = [];
        List<string> inText = [];
        foreach ((string key, string? address) in new[] { ("button.acknowledge", message.Acknowledge), ("button.runbook", message.Runbook), ("button.dashboard", message.Dashboard), ("button.page", message.Page) })
        {
            if (ButtonAddress(address) is { } url)
            {
                buttons.Add(new LinkButton(texts[key], url));
            }
            else if (!string.IsNullOrWhiteSpace(address))
            {
                inText.Add($"{texts[key]}: {address}");
            }
        }

        return new TelegramLinks(buttons, inText);
    }

    // A button to a name of one part, such as http://grafana:3000, makes Telegram refuse the whole message.
    private static string? ButtonAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
        && uri is { Scheme: "http" or "https", UserInfo: "" }
        && (uri.HostNameType == UriHostNameType.IPv4 || (uri.HostNameType == UriHostNameType.Dns && uri.Host.Contains('.', StringComparison.Ordinal)))
        && uri.AbsoluteUri.Length <= LongestAddress
            ? uri.AbsoluteUri
            : null;
}
