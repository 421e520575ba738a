using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>What is called, and how.</summary>
internal sealed record ToolServerSettings
{
    public required CallProtocol Protocol { get; init; }

    /// <summary>Whether tool and send each give up the thread once, as they do behind HTTP; otherwise the whole call is synchronous.</summary>
    public bool Suspends { get; init; }

    public bool Fails { get; init; }

    public string ExpectedAnswer => Fails ? "\"isError\":true" : "\"text\":\"hello\"";

    public McpServerTool CreateTool()
    {
        var options = new McpServerToolCreateOptions { Name = "echo" };
        return (Fails, Suspends) switch
        {
            (false, false) => McpServerTool.Create((string message) => message, options),
            (false, true) => McpServerTool.Create(EchoLaterAsync, options),
            (true, false) => McpServerTool.Create(string (string message) => throw new InvalidOperationException(message), options),
            (true, true) => McpServerTool.Create(FailLaterAsync, options),
        };
    }

    private static async Task<string> EchoLaterAsync(string message)
    {
        await Task.Yield();
        return message;
    }

    private static async Task<string> FailLaterAsync(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }
}
