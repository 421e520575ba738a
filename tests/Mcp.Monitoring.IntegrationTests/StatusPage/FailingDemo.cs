using Mcp.Monitoring.IntegrationTests.Demo;

namespace Mcp.Monitoring.IntegrationTests.StatusPage;

/// <summary>The sample with its demo in Development, one of whose tools fails, with a rule that does not wait for minutes.</summary>
public sealed class FailingDemo : IAsyncLifetime
{
    private const string Rules = """
        alerts:
          rules:
            - name: ToolFails
              severity: critical
              metric: mcp_errors_total
              labels: ['operation="unstable"']
              by: [operation]
              function: increase
              threshold: 0
              for: 00:00:00
              summary: "{value} calls of {operation} have failed"
        """;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");

    private DemoProcess? _demo;

    /// <summary>Gets the address of the page.</summary>
    public Uri Page => new(_demo!.Printed("MCP"), "/monitoring/");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, Rules);
        _demo = await DemoProcess.StartAsync("--environment", "Development", "--config", _file);
    }

    public async ValueTask DisposeAsync()
    {
        if (_demo is not null)
        {
            await _demo.DisposeAsync();
        }

        File.Delete(_file);
    }
}
