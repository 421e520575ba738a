using System.Reflection;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>An envelope as Spotlight shows it: the headers and payloads of its items.</summary>
internal sealed record ShownEnvelope(JsonElement Header, IReadOnlyList<(JsonElement Header, JsonElement Payload)> Items)
{
    public string Id => Header.GetProperty("__spotlight_envelope_id").ToString();

    public JsonElement? PayloadOf(string type) =>
        Items.Where(item => item.Header.GetProperty("type").GetString() == type).Select(item => (JsonElement?)item.Payload).FirstOrDefault();
}

/// <summary>Sentry's own local receiver, driven by <c>peers/spotlight/spotlight.mjs</c>.</summary>
internal sealed class SpotlightServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly string Folder =
        Path.Combine(typeof(SpotlightServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PeersFolder").Value!, "spotlight");

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly List<ShownEnvelope> _shown = [];
    private readonly CancellationTokenSource _over = new();
    private readonly ChildProcess _process;
    private Task _reading = Task.CompletedTask;

    private SpotlightServer(ChildProcess process, int port)
    {
        _process = process;
        Address = new Uri($"http://127.0.0.1:{port}/");
    }

    public Uri Address { get; }

    public string Dsn => $"http://spotlight@{Address.Authority}/42";

    public static async Task<SpotlightServer> StartOrSkipAsync()
    {
        string node = Programs.NodeOrSkip();
        Needs.That(
            Directory.Exists(Path.Combine(Folder, "node_modules", "@spotlightjs", "spotlight")), $"The npm package @spotlightjs/spotlight is not installed. Run npm ci in {Folder}.");
        int port = FreePort.Find();
        var server = new SpotlightServer(ChildProcess.Start(node, Path.Combine(Folder, "spotlight.mjs"), $"{port}"), port);
        bool isUp = await Eventually.GetAsync(server.IsUpAsync, isUp => isUp, Limit);
        Assert.True(isUp, $"Spotlight does not answer. It said: {server._process.Said}");
        Stream stream = await server._http.GetStreamAsync(new Uri(server.Address, "stream?client=test"), TestContext.Current.CancellationToken);
        server._reading = server.ReadAsync(stream);
        return server;
    }

    /// <summary>Waits for an envelope that has an item of a type.</summary>
    public async Task<ShownEnvelope> ShownAsync(string type)
    {
        ShownEnvelope? found = await Eventually.GetAsync(() => Task.FromResult(Find(type)), envelope => envelope is not null, Limit);
        Assert.True(found is not null, $"Spotlight shows no {type}. It said: {_process.Said}");
        return found;
    }

    /// <summary>Reads the bytes of an envelope back.</summary>
    public async Task<byte[]> BytesAsync(ShownEnvelope envelope) =>
        await _http.GetByteArrayAsync(new Uri(Address, $"envelope/{envelope.Id}"), TestContext.Current.CancellationToken);

    /// <summary>Asks the tool of Spotlight that a coding agent would ask.</summary>
    public async Task<string> AskToolAsync(string tool)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(Address, "mcp"), TransportMode = HttpTransportMode.StreamableHttp });
        await using McpClient client = await McpClient.CreateAsync(transport, Caller.Patient, cancellationToken: TestContext.Current.CancellationToken);
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["filters"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["timeWindow"] = 300 } };
        CallToolResult result = await client.CallToolAsync(tool, arguments, cancellationToken: TestContext.Current.CancellationToken);
        return string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _reading;
        await _process.DisposeAsync();
        _http.Dispose();
        _over.Dispose();
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(new Uri(Address, "health"), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private ShownEnvelope? Find(string type)
    {
        lock (_shown)
        {
            return _shown.Find(envelope => envelope.PayloadOf(type) is not null);
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        try
        {
            while (await reader.ReadLineAsync(_over.Token) is { } line)
            {
                if (line.StartsWith("data:", StringComparison.Ordinal) && line.Contains("__spotlight_envelope_id", StringComparison.Ordinal))
                {
                    lock (_shown)
                    {
                        _shown.Add(Parse(line[5..]));
                    }
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The end of the test, or of the server.
        }
    }

    private static ShownEnvelope Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        JsonElement envelope = document.RootElement.Clone();
        return new ShownEnvelope(envelope[0], [.. envelope[1].EnumerateArray().Select(item => (item[0], item[1]))]);
    }
}
