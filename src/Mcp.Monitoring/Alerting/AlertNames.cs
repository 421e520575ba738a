using System.Text.RegularExpressions;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>The forms of names and links.</summary>
internal static partial class AlertNames
{
    private const int LongestLink = 2_000;
    private static readonly string[] BuiltIn = ["email", "slack", "telegram", "log"];

    public static bool IsName(string name) => Name().IsMatch(name);

    public static bool IsChannel(string name) => Channel().IsMatch(name);

    /// <summary>Finds out whether people may be sent there: nothing but a web address.</summary>
    public static bool IsLink(string text) =>
        text.Length <= LongestLink && Uri.TryCreate(text, UriKind.Absolute, out Uri? link) && (link.Scheme is "http" or "https");

    /// <summary>Checks names of channels: of those that are there, which only the running host knows, and of any that may be.</summary>
    public static IEnumerable<Fault> CheckChannels(string path, IList<string> channels) =>
        from entry in channels.Index()
        let fault = CheckChannel($"{path}:{entry.Index}", entry.Item)
        where fault is not null
        select fault;

    public static Fault? CheckChannel(string path, string? channel) =>
        channel is not null && IsChannel(channel) && !Placeholder.IsText(channel) ? null
        : Fault.Of(path, channel, $"{NearestName.Suggest(channel, BuiltIn)}Name a channel: email, slack, telegram, log, or one of your own.");

    public static Fault? Check(string path, string name) => IsName(name)
        ? SettingRules.Text(path, name, int.MaxValue, "Give it a name that people understand.")
        : Fault.Of(path, name.Length == 0 ? null : name, "Give it a name of 1 to 128 of a-z A-Z 0-9 _, not beginning with a digit.");

    [GeneratedRegex(@"^[a-zA-Z_][a-zA-Z0-9_]{0,127}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z0-9_.-]{1,64}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Channel();
}
