using System.IO.Pipelines;
using System.Text;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>A real server on a pair of pipes, spoken to by the real client or in raw lines.</summary>
internal sealed class Session : IDisposable
{
    // No test waits for time to pass; this ends one that would hang.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly Pipe _requests = new();
    private readonly Pipe _answers = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly StreamReader _lines;
    private readonly Task _running;
    private McpClient? _client;

    public Session(McpServerOptions options, IServiceProvider? services)
    {
        Options = options;
        _lines = new StreamReader(_answers.Reader.AsStream());
        var server = McpServer.Create(
            new StreamServerTransport(_requests.Reader.AsStream(), _answers.Writer.AsStream()), options, loggerFactory: null, services);
        _running = server.RunAsync();
    }

    public McpServerOptions Options { get; }

    public static McpServerOptions CreateOptions(Action<McpServerOptions> configure)
    {
        var options = new McpServerOptions { ServerInfo = new Implementation { Name = "test", Version = "1" } };
        configure(options);
        return options;
    }

    public async Task<McpClient> ConnectAsync(string revision, Action<McpClientOptions>? configure = null)
    {
        var options = new McpClientOptions
        {
            ProtocolVersion = revision,
            ClientInfo = new Implementation { Name = "claude-code", Version = "1" },
            DiscoverProbeTimeout = Timeout.InfiniteTimeSpan,
        };
        configure?.Invoke(options);
        _client = await McpClient.CreateAsync(
            new StreamClientTransport(_requests.Writer.AsStream(), _answers.Reader.AsStream()), options).WaitAsync(Hang);
        return _client;
    }

    public async Task SendAsync(string line) => await _requests.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + '\n'));

    public async Task<string> ReadAsync() =>
        await _lines.ReadLineAsync().WaitAsync(Hang) ?? throw new EndOfStreamException("The server has closed its output.");

    public async Task<string> AskAsync(string line)
    {
        await SendAsync(line);
        return await ReadAsync();
    }

    public void Dispose() => _lines.Dispose();

    /// <summary>Ends the server's input and waits until it has done all it was asked for.</summary>
    public async Task StopAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
            _client = null;
        }

        await _requests.Writer.CompleteAsync();
        await _running.WaitAsync(Hang);
    }
}
