using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>What a person reads in a message of a killed server: the names of alerts say which condition it is, and which of its episodes.</summary>
internal static partial class ToldText
{
    private const string Duplicate = "May be a duplicate.";
    private static readonly string[] Ends = ["resolved", "ended"];

    /// <summary>Names an alert, such as <c>c3e7</c> for the seventh episode of the third condition.</summary>
    public static string Name(ActiveAlert alert) => string.Create(CultureInfo.InvariantCulture, $"c{alert.Labels[AlertLabels.Operation]}e{alert.Value}");

    /// <summary>Reads a message, the heading first, each part on a line of its own.</summary>
    /// <param name="text">What the receiver shows.</param>
    /// <param name="life">The process that sent it, by its number.</param>
    /// <param name="id">The id of the message; <see langword="null"/> where a receiver knows none: then it is what is said.</param>
    public static ReceivedMessage Read(string text, int life, string? id)
    {
        string[] lines = [.. text.Split('\n').Select(static line => line.Trim(' ', '•', '\r')).Where(static line => line.Length > 0)];
        string[] said = [.. lines.Where(static line => line != Duplicate)];
        bool isEnd = Array.Exists(Ends, end => said[0].Contains($" {end} · ", StringComparison.Ordinal));
        // The body of a first message begins with the name; that of an update with what has changed.
        string kind = isEnd ? nameof(NotificationKind.Resolved) : Told().Match(said[1]).Index == 0 ? nameof(NotificationKind.First) : nameof(NotificationKind.Update);
        IEnumerable<ToldOutage> alerts = said.SelectMany(line => Told().Matches(line).Select(told =>
            new ToldOutage(Number(told, "condition"), Number(told, "episode"), isEnd || line.StartsWith("Over: ", StringComparison.Ordinal))));
        return new ReceivedMessage(life, id ?? Hash(said), kind, said.Length < lines.Length, [.. alerts.Distinct()]);
    }

    private static string Hash(string[] said) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', said))));

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bc(?<condition>[0-9]+)e(?<episode>[0-9]+)\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Told();
}
