using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>The Alertmanager that alerts go to under <c>mode: forward</c>. All of it follows a reload.</summary>
public sealed class AlertmanagerOptions : ISettings
{
    private const int LongestInstance = 200;
    private const int MostMembers = 20;
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestFallback = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestFallback = TimeSpan.FromDays(1);

    /// <summary>Gets or sets the addresses of all members of the cluster, each by itself: every alert goes to every member, and an address that
    /// balances between them would lose alerts.</summary>
    /// <value>1 to 20 addresses such as <c>http://alertmanager-0.alertmanager.monitoring.svc:9093</c>, without <c>/api/v2</c>; the default is none.</value>
#pragma warning disable CA2227, CA1002, MA0016 // A list that a host replaces whole.
    public IList<string> Urls { get; set; } = [];
#pragma warning restore CA2227, CA1002, MA0016

    /// <summary>Gets or sets the name to sign in with (HTTP basic authentication).</summary>
    /// <value>The default is <see langword="null"/>: no sign-in.</value>
    public string? Username { get; set; }

    /// <summary>Gets or sets the password to sign in with, a secret.</summary>
    /// <value>The default is <see langword="null"/>; needed with <see cref="Username"/>, and only then.</value>
    public string? Password { get; set; }

    /// <summary>Gets or sets the token to sign in with, a secret; instead of a name and a password.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? BearerToken { get; set; }

    /// <summary>Gets or sets the label <c>instance</c> of the alerts: it tells the replicas apart, and must differ between them.</summary>
    /// <value>The default is <see langword="null"/>: the variable <c>POD_NAME</c>, else the name of the host. 1 to 200 characters.</value>
    public string? Instance { get; set; }

    /// <summary>Gets or sets the proxy on the way there, a secret since it may hold a password.</summary>
    /// <value><c>http://</c> or <c>socks5://</c>; the default is <see langword="null"/>: none.</value>
    public string? ProxyUrl { get; set; }

    /// <summary>Gets or sets how long an answer is waited for.</summary>
    /// <value>The default is 10 seconds. Valid range: 1 second to 1 minute.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how long no member takes alerts until they are told by <c>alerts.fallback_channel</c>, else by the first channel that there is.</summary>
    /// <value>The default is 5 minutes. Valid range: 10 seconds to 1 day.</value>
    public TimeSpan FallbackAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets the name that tells this process from the other replicas.</summary>
    internal string InstanceName =>
        Instance ?? (Environment.GetEnvironmentVariable("POD_NAME") is { Length: > 0 and <= LongestInstance } pod ? pod : Environment.MachineName);

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.List(nameof(Urls), () => Urls, value => Urls = value).Live(),
        Setting.Text(nameof(Username), () => Username, value => Username = value).Live(),
        Setting.Text(nameof(Password), () => Password, value => Password = value).Live().Secret(),
        Setting.Text(nameof(BearerToken), () => BearerToken, value => BearerToken = value).Live().Secret(),
        Setting.Text(nameof(Instance), () => Instance, value => Instance = value).Live(),
        Setting.Text(nameof(ProxyUrl), () => ProxyUrl, value => ProxyUrl = value).Live().Secret(),
        Setting.Duration(nameof(Timeout), () => Timeout, value => Timeout = value).Live(),
        Setting.Duration(nameof(FallbackAfter), () => FallbackAfter, value => FallbackAfter = value).Live(),
    ];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. CheckMembers(),
        .. SettingRules.Faults(
            CheckSignIn(),
            CheckToken(),
            CheckProxy(),
            SettingRules.Name(nameof(Instance), Instance, LongestInstance, "Set it to 1 to 200 characters, another in each replica, or leave it out."),
            SettingRules.Between(nameof(Timeout), Timeout, ShortestTimeout, LongestTimeout),
            SettingRules.Between(nameof(FallbackAfter), FallbackAfter, ShortestFallback, LongestFallback)),
    ];

    private IEnumerable<Fault> CheckMembers() => Urls is not { Count: > 0 } ? []
        : Urls.Count > MostMembers ? [Fault.Of(nameof(Urls), $"{Urls.Count} addresses", $"Set at most {MostMembers}.")]
        : Urls.Index().SelectMany(member => CheckMember($"{nameof(Urls)}:{member.Index}", member.Item, Urls.Take(member.Index)));

    private static Fault[] CheckMember(string path, string? url, IEnumerable<string> before)
    {
        Fault[] faults = [.. SettingRules.Address(path, url, "Set it to the address of one member, such as http://alertmanager-0.alertmanager.monitoring.svc:9093.", isSecret: false)];
        return faults.Any(fault => !fault.IsWarning) ? faults : [.. faults, .. SettingRules.Faults(CheckForm(path, new Uri(url!), before))];
    }

    private static Fault? CheckForm(string path, Uri url, IEnumerable<string> before) =>
        url.UserInfo.Length > 0 ? new Fault(path, "has a user name in it", "Take it out, and set username and password.")
        : url.Query.Length + url.Fragment.Length > 0 ? new Fault(path, "has more than a path after the host", "Leave out what begins with ? or #.")
        : url.AbsolutePath.Contains("/api/", StringComparison.Ordinal) ? Fault.Of(path, url.ToString(), "Leave out what begins with /api: it is added.")
        : before.Any(other => Uri.TryCreate(other, UriKind.Absolute, out Uri? known) && known == url) ? Fault.Of(path, url.ToString(), "It is there already: name each member once.")
        : null;

    private Fault? CheckSignIn() => (string.IsNullOrEmpty(Username), string.IsNullOrEmpty(Password)) switch
    {
        (true, false) => Fault.Missing(nameof(Username), "Set it, or leave the password out as well."),
        (false, true) => Fault.Missing(nameof(Password), "Set it, or password_file, or leave the user name out as well."),
        (false, false) when Username!.Contains(':', StringComparison.Ordinal) => new Fault(nameof(Username), "has a colon in it", "A name to sign in with has none."),
        (false, false) when Placeholder.Is(Password!) => new Fault(nameof(Password), "is a placeholder", "Set it, or password_file."),
        _ => null,
    };

    private Fault? CheckToken() => string.IsNullOrEmpty(BearerToken) ? null
        : !string.IsNullOrEmpty(Username) ? new Fault(nameof(BearerToken), "is set beside username", "Set one of the two.")
        : Placeholder.Is(BearerToken) ? new Fault(nameof(BearerToken), "is a placeholder", "Set it, or bearer_token_file, or leave it out.")
        : BearerToken.AsSpan().ContainsAnyExceptInRange('!', '~') ? new Fault(nameof(BearerToken), "has characters that no token has", "Set it to the token alone.")
        : null;

    private Fault? CheckProxy() => ProxyUrl is null ? null
        : Uri.TryCreate(ProxyUrl, UriKind.Absolute, out Uri? proxy) && proxy is { Scheme: "http" or "socks5", Host.Length: > 0 } ? null
        : new Fault(nameof(ProxyUrl), "is not the address of a proxy", "Set it to http://host:port or socks5://host:port, or leave it out.");
}
