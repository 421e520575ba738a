using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring;

/// <summary>Who may see the status page under <c>/monitoring</c> and act on it. It holds for its API and for the operations over MCP as well.</summary>
public sealed class StatusPageOptions : ISettings
{
    internal const int ShortestToken = 16;

    /// <summary>Gets or sets whether the page is served.</summary>
    /// <value>The default is <see langword="null"/>: in Development to requests of this machine that no proxy passes on, and nowhere else. <see langword="true"/>: to whom the
    /// host's policy lets in (<c>app.MapMcpMonitoring().StatusPage.RequireAuthorization("ops")</c>) or who has <see cref="Token"/>; with neither the host does not start
    /// outside Development.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets what lets a caller in, a secret: in the header <c>Authorization: Bearer …</c>, or in the form of <c>/monitoring/sign-in</c>. Cookies and links of
    /// messages are signed with it: another one ends them all.</summary>
    /// <value>The default is <see langword="null"/>: nobody is let in by a token. At least 16 characters, without spaces.</value>
    public string? Token { get; set; }

    /// <summary>Gets or sets whether nobody may act: acknowledge, resolve, silence, test a channel.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ReadOnly { get; set; }

    bool ISettings.IsOff => Enabled == false;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, "MCP_STATUS_PAGE_ENABLED"),
        Setting.Text(nameof(Token), () => Token, value => Token = value, "MCP_STATUS_PAGE_TOKEN").TurningOn().Live().Secret(),
        Setting.Flag(nameof(ReadOnly), () => ReadOnly, value => ReadOnly = value, "MCP_STATUS_PAGE_READ_ONLY").Live(),
    ];

    IEnumerable<Fault> ISettings.Check() => SettingRules.Faults(CheckToken());

    private Fault? CheckToken()
    {
        const string Remedy = "Set it to at least 16 characters, such as openssl rand -base64 32 writes, or leave it out.";
        return Token is null ? null
            : SettingRules.Required(nameof(Token), Token, Remedy) is { } unusable ? unusable
            : Token.Length < ShortestToken ? new Fault(nameof(Token), $"has {Token.Length} characters", Remedy)
            : Token.AsSpan().ContainsAnyExceptInRange('!', '~') ? new Fault(nameof(Token), "has characters that no token has", "Set it to letters, digits and signs of ASCII, without spaces.")
            : null;
    }
}
