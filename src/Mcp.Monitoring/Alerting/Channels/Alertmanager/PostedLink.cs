namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>Links that Alertmanager takes: one that it does not understand costs all alerts of the same request, and people click on them.</summary>
internal static class PostedLink
{
    /// <returns>The address in the form that every reader of addresses understands; <see langword="null"/> where there is none, or it is no web address.</returns>
    public static string? Of(string? text)
    {
        if (text is null || !AlertNames.IsLink(text))
        {
            return null;
        }

        string address = new Uri(text, UriKind.Absolute).GetComponents(UriComponents.HttpRequestUrl | UriComponents.Fragment, UriFormat.UriEscaped);
        return Is(address) ? address : null;
    }

    /// <summary>Finds out whether an address is in that form.</summary>
    public static bool Is(string address) =>
        AlertNames.IsLink(address) && new Uri(address).Host.Length > 0 && !address.AsSpan().ContainsAnyExceptInRange('!', '~') && HasWholeEscapes(address);

    private static bool HasWholeEscapes(string address)
    {
        for (int i = address.IndexOf('%', StringComparison.Ordinal); i >= 0; i = address.IndexOf('%', i + 1))
        {
            if (i + 2 >= address.Length || !char.IsAsciiHexDigit(address[i + 1]) || !char.IsAsciiHexDigit(address[i + 2]))
            {
                return false;
            }
        }

        return true;
    }
}
