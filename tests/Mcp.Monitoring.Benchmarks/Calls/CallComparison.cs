using Mcp.Monitoring.Benchmarks.Harness;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>Servers of the same settings against the plain one. Each has its own options, and so has the control.</summary>
internal sealed class CallComparison
{
    private readonly ToolServerSettings _settings;

    /// <param name="title">What is compared.</param>
    /// <param name="settings">The servers.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="plain">What the server has that the others are measured against; nothing if left out.</param>
    public CallComparison(string title, ToolServerSettings settings, int rounds = 2000, Action<McpServerOptions>? plain = null)
    {
        _settings = settings;
        // Short batches and many rounds: the noise here comes in stretches of tens of milliseconds, and a round should be shorter than that.
        Comparison = new Comparison(title, rounds) { OpsPerBatch = 60 };
        plain ??= _ => { };
        AddServer("plain server", plain).AddServer("control", plain);
        Comparison.Control();
    }

    public Comparison Comparison { get; }

    public CallComparison Add(string name, Action<McpServerFilters>? addFilters = null, params Limit[] limits)
    {
        return AddServer(name, options => addFilters?.Invoke(options.Filters), limits);
    }

    public CallComparison AddServer(string name, Action<McpServerOptions> configure, params Limit[] limits)
    {
        Comparison.AddAsync(name, new CallOp(ToolServer.Start(_settings, configure)), limits);
        return this;
    }
}
