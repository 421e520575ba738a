using Mcp.Monitoring.IntegrationTests.Demo;

namespace Mcp.Monitoring.IntegrationTests.StatusPage;

/// <summary>The sample with its demo in Development, one of whose tools fails, with a rule that does not wait for minutes.</summary>
public class FailingDemo : IAsyncLifetime
{
    // What an earlier run has left is no part of this one.
    private const string Rules = """
          storage:
            path: ":memory:"
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

    private readonly string _environment;
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");

    private DemoProcess? _demo;

    public FailingDemo()
        : this("Development")
    {
    }

    /// <param name="environment">Where it runs.</param>
    protected FailingDemo(string environment) => _environment = environment;

    /// <summary>Gets the address of the page.</summary>
    public Uri Page => new(_demo!.Printed("MCP"), "/monitoring/");

    /// <summary>Gets the settings beside its rule: those of alerts, further in by two, and then others.</summary>
    protected virtual string Settings => "";

    public virtual async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, $"alerts:\n{Rules}\n{Settings}");
        _demo = await DemoProcess.StartAsync("--environment", _environment, "--config", _file);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_demo is not null)
        {
            await _demo.DisposeAsync();
        }

        File.Delete(_file);
    }
}
