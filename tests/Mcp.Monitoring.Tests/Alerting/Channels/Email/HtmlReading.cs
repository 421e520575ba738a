using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Email;

/// <summary>What a mail client sees in HTML.</summary>
internal static partial class HtmlReading
{
    public static string[] Texts(string html) => [.. Tag().Replace(html, "\0").Split('\0').Select(text => text.Trim()).Where(text => text.Length > 0)];

    public static string[] Tags(string html) => [.. Tag().Matches(html).Select(match => match.Groups["name"].Value)];

    public static string[] Links(string html) => [.. Link().Matches(html).Select(match => match.Groups["address"].Value)];

    [GeneratedRegex("<(?<name>/?!?[A-Za-z]+)[^<>]*>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex("<a [^<>]*href=\"(?<address>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
