using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.IntegrationTests.Clients;

/// <summary>The C# SDK's client, as a host program uses it.</summary>
internal static class Caller
{
    /// <summary>A name on the list of well-known clients.</summary>
    public const string Name = "mcp-inspector";

    /// <summary>Gets options of a client that never takes a server on a busy machine for one of an older revision, as the SDK does after 5 seconds without an answer.</summary>
    public static McpClientOptions Patient => new() { DiscoverProbeTimeout = Timeout.InfiniteTimeSpan };

    public static Task<McpClient> ConnectAsync(Uri endpoint, HttpClient http, string protocolVersion) => McpClient.CreateAsync(
        new HttpClientTransport(new() { Endpoint = endpoint, TransportMode = HttpTransportMode.StreamableHttp }, http),
        new()
        {
            ClientInfo = new() { Name = Name, Version = "1.0" },
            ProtocolVersion = protocolVersion,
            DiscoverProbeTimeout = Timeout.InfiniteTimeSpan,
            Handlers = new() { ElicitationHandler = AnswerAsync },
        },
        cancellationToken: TestContext.Current.CancellationToken);

    public static Dictionary<string, object?> Arguments(string name, string value) => new(StringComparer.Ordinal) { [name] = value };

    private static ValueTask<ElicitResult> AnswerAsync(ElicitRequestParams? question, CancellationToken cancellationToken) => new(new ElicitResult
    {
        Action = "accept",
        Content = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["unit"] = JsonSerializer.SerializeToElement("celsius") },
    });
}
