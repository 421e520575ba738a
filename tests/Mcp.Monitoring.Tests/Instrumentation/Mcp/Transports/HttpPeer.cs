using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp.Transports;

/// <summary>A client that speaks the protocol by hand, so that it can also do what no good client does.</summary>
internal sealed class HttpPeer(HttpServer server) : IAsyncDisposable
{
    private const string Header = "X-Correlation-ID";

    // No test waits for time to pass; this ends one that would hang.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = server.Address, Timeout = Hang };
    private readonly Dictionary<int, TaskCompletionSource<string>> _answers = [];
    private HttpResponseMessage? _stream;
    private Task _reading = Task.CompletedTask;
    private string _messages = "/mcp";
    private int _lastId;

    public string? SessionId { get; private set; }

    /// <summary>Opens a session where there are any.</summary>
    public async Task<HttpPeer> InitializeAsync(string? correlationId = null, bool isNotified = true)
    {
        if (server.Kind == TransportKind.Stateless)
        {
            return this;
        }

        if (server.Kind == TransportKind.LegacySse)
        {
            await OpenStreamAsync(correlationId);
        }

        await AskAsync("initialize", $$$"""{"protocolVersion":"{{{Rpc.Old}}}","capabilities":{},"clientInfo":{"name":"test","version":"1"}}""", correlationId, CancellationToken.None);
        if (isNotified)
        {
            await NotifyAsync("notifications/initialized");
        }

        return this;
    }

    /// <summary>Calls a tool.</summary>
    /// <returns>The text of its answer.</returns>
    public async Task<string> CallAsync(string tool, string? correlationId = null, string? meta = null)
    {
        string answer = await AskAsync(
            "tools/call", $$"""{"name":{{Rpc.Text(tool)}},"arguments":{}{{(meta is null ? "" : $",\"_meta\":{meta}")}}}""", correlationId, CancellationToken.None);
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
    }

    /// <summary>Asks for something, and hangs up when the token says so.</summary>
    public Task AskUntilAsync(string method, string parameters, CancellationToken hungUp) => AskAsync(method, parameters, correlationId: null, hungUp);

    public Task AskWithIdAsync(string method, string parameters, string correlationId) => AskAsync(method, parameters, correlationId, CancellationToken.None);

    public async Task NotifyAsync(string method, string parameters = "{}")
    {
        using HttpResponseMessage accepted = await SendAsync($$"""{"jsonrpc":"2.0","method":{{Rpc.Text(method)}},"params":{{parameters}}}""", correlationId: null, CancellationToken.None);
        accepted.EnsureSuccessStatusCode();
    }

    /// <summary>Takes the last request back.</summary>
    public Task CancelAsync() => NotifyAsync("notifications/cancelled", $$"""{"requestId":{{_lastId}}}""");

    public async Task DeleteAsync(string? path = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path ?? _messages);
        request.Headers.Add("Mcp-Session-Id", SessionId);
        using HttpResponseMessage deleted = await _http.SendAsync(request);
        deleted.EnsureSuccessStatusCode();
    }

    /// <summary>Closes the stream of a legacy session.</summary>
    public async Task CloseStreamAsync()
    {
        _stream?.Dispose();
        _stream = null;
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseStreamAsync();
        _http.Dispose();
    }

    private async Task<string> AskAsync(string method, string parameters, string? correlationId, CancellationToken hungUp)
    {
        int id = Interlocked.Increment(ref _lastId);
        string message = Rpc.Request(method, parameters, id);
        if (server.Kind != TransportKind.LegacySse)
        {
            using HttpResponseMessage answer = await SendAsync(message, correlationId, hungUp);
            answer.EnsureSuccessStatusCode();
            SessionId ??= answer.Headers.TryGetValues("Mcp-Session-Id", out IEnumerable<string>? given) ? given.Single() : null;
            string events = await answer.Content.ReadAsStringAsync(hungUp);
            return events.Split('\n').First(line => line.StartsWith("data: {", StringComparison.Ordinal))["data: ".Length..];
        }

        var answered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_answers)
        {
            _answers[id] = answered;
        }

        using HttpResponseMessage accepted = await SendAsync(message, correlationId, hungUp);
        accepted.EnsureSuccessStatusCode();
        return await answered.Task.WaitAsync(Hang, hungUp);
    }

    private async Task<HttpResponseMessage> SendAsync(string message, string? correlationId, CancellationToken hungUp)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _messages) { Content = new StringContent(message, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Add("MCP-Protocol-Version", Rpc.Old);
        if (SessionId is not null)
        {
            request.Headers.Add("Mcp-Session-Id", SessionId);
        }

        if (correlationId is not null)
        {
            request.Headers.Add(Header, correlationId);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, hungUp);
    }

    private async Task OpenStreamAsync(string? correlationId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mcp/sse");
        if (correlationId is not null)
        {
            request.Headers.Add(Header, correlationId);
        }

        _stream = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        _stream.EnsureSuccessStatusCode();
        var lines = new StreamReader(await _stream.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: /", StringComparison.Ordinal))
            {
                _messages = line["data: ".Length..];
                break;
            }
        }

        _reading = ReadAsync(lines);
    }

    private async Task ReadAsync(StreamReader lines)
    {
        using StreamReader own = lines;
        while (await own.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal))
            {
                continue;
            }

            string answer = line["data: ".Length..];
            using var json = JsonDocument.Parse(answer);
            TaskCompletionSource<string>? answered = null;
            lock (_answers)
            {
                if (json.RootElement.TryGetProperty("id", out JsonElement id))
                {
                    _answers.Remove(id.GetInt32(), out answered);
                }
            }

            answered?.TrySetResult(answer);
        }
    }
}
