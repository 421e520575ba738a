using System.IO.Pipelines;
using System.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>A real server with one tool, spoken to in lines of JSON that were written beforehand; there is no client.</summary>
internal sealed class ToolServer
{
    private readonly Pipe _requests = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
    private readonly ResponseStream _responses;
    private readonly byte[] _call;

    private ToolServer(ResponseStream responses, byte[] call)
    {
        _responses = responses;
        _call = call;
    }

    /// <summary>Starts a server, initializes it if the protocol does, and checks one answer.</summary>
    public static ToolServer Start(ToolServerSettings settings, Action<McpServerOptions>? configure = null)
    {
        var server = new ToolServer(new ResponseStream(settings.Suspends), Encoding.UTF8.GetBytes(settings.Protocol.Call + '\n'));
        var options = new McpServerOptions { ServerInfo = new Implementation { Name = "bench", Version = "1" }, ToolCollection = [settings.CreateTool()] };
        configure?.Invoke(options);

        // Neither is disposed: a server that is not called costs the others nothing, and the process ends soon.
        var transport = new StreamServerTransport(server._requests.Reader.AsStream(), server._responses);
        _ = McpServer.Create(transport, options).RunAsync();

        Task.Run(() => server.OpenAsync(settings)).GetAwaiter().GetResult();
        return server;
    }

    /// <summary>One call of the tool, complete when the answer was flushed.</summary>
    public ValueTask CallAsync() => SendAsync(_call);

    private ValueTask SendAsync(byte[] line)
    {
        var answer = _responses.NextLineAsync();
        var sent = _requests.Writer.WriteAsync(line);
        if (!sent.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The server reads a request before the next is sent, so the pipe is never full.");
        }

        return answer;
    }

    private async Task OpenAsync(ToolServerSettings settings)
    {
        if (settings.Protocol.Initialize is { } initialize)
        {
            await SendAsync(Encoding.UTF8.GetBytes(initialize + '\n')).ConfigureAwait(false);
        }

        await CallAsync().ConfigureAwait(false);
        var answer = Encoding.UTF8.GetString(_responses.LastLine.Span);
        if (!answer.Contains(settings.ExpectedAnswer, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The server answered {answer} instead of something with {settings.ExpectedAnswer}.");
        }
    }
}
