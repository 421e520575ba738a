using System.Buffers;
using System.Collections.Frozen;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring;

/// <summary>How HTTP requests are monitored, and the header that carries their correlation id.</summary>
public sealed class HttpOptions : ISettings
{
    private const int LongestHeader = 64;

    // RFC 9110, section 5.6.2: what a token is made of.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly FrozenSet<string> Taken = FrozenSet.ToFrozenSet(
        [
            "Accept", "Accept-Encoding", "Authorization", "Cache-Control", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Cookie", "Date", "Expect",
            "Forwarded", "Host", "Keep-Alive", "Last-Event-ID", "Location", "Mcp-Method", "Mcp-Name", "MCP-Protocol-Version", "Mcp-Session-Id", "Origin",
            "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "Set-Cookie", "Set-Cookie2", "TE", "traceparent", "tracestate", "Trailer",
            "Transfer-Encoding", "Upgrade", "User-Agent", "WWW-Authenticate",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets whether HTTP requests are measured and given a correlation id.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets the header that a request brings its correlation id in, and that the answer and outgoing calls carry it in.</summary>
    /// <value>The default is <c>X-Correlation-ID</c>. The name of a header, 1 to 64 characters, that no standard uses for framing, credentials or tracing.</value>
    public string CorrelationHeader { get; set; } = "X-Correlation-ID";

    bool ISettings.IsOff => !Enabled;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value),
        Setting.Text(nameof(CorrelationHeader), () => CorrelationHeader, value => CorrelationHeader = value!),
    ];

    IEnumerable<Fault> ISettings.Check()
    {
        if (CorrelationHeader is not { Length: >= 1 and <= LongestHeader } || CorrelationHeader.AsSpan().ContainsAnyExcept(TokenCharacters))
        {
            yield return Fault.Of(nameof(CorrelationHeader), CorrelationHeader, "Set it to the name of a header, 1 to 64 letters, digits and hyphens, such as X-Correlation-ID.");
        }
        else if (Taken.Contains(CorrelationHeader))
        {
            yield return Fault.Of(nameof(CorrelationHeader), CorrelationHeader, "Set another: this header has a meaning of its own.");
        }
    }
}
