using System.ComponentModel;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.IntegrationTests.Story;

/// <summary>A tool whose failure is three layers deep.</summary>
[McpServerToolType]
internal sealed class DeepTools(IMcpMonitor monitor)
{
    [McpServerTool(Name = "stock_report"), Description("Counts what is in stock.")]
    public async Task<string> ReportAsync(CancellationToken cancellationToken)
    {
        int count = await monitor.RunAsync(OperationType.Function, "count_stock", CountAsync, cancellationToken);
        return $"{count} pieces.";
    }

    private ValueTask<int> CountAsync(CancellationToken cancellationToken) =>
        monitor.RunAsync(OperationType.Function, "read_shelf", ReadAsync, cancellationToken);

    private static async ValueTask<int> ReadAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        throw new InvalidOperationException("The shelf has no label.");
    }
}
