using Mcp.Monitoring.Alerting;
using OneCServer.Hosting;

namespace OneCServer.Demo;

/// <summary>Shortens every time of alerts and breakers, so that a fault of half a minute has a beginning and an end.</summary>
internal static class DemoSettings
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), ShortestWindow = TimeSpan.FromSeconds(10);

    // What a fault of 1C sets off, with the time over which each counts.
    private static readonly (string Rule, bool HasWindow)[] Rules =
    [
        ("McpIntegrationDown", false), ("McpIntegrationErrors", true), ("McpCircuitBreakerOpen", false), ("McpRetriesHigh", true), ("McpRetriesExhausted", true),
        ("McpToolFailing", true), ("McpToolErrors", true), ("McpServerFailing", false), ("McpErrorRatioHigh", true), ("McpAuthBroken", true),
    ];

    public static void AddDemoSettings(this IServiceCollection services, SampleArguments arguments) => services.AddMcpMonitoring(options =>
    {
        TimeSpan step = arguments.DemoStep;
        options.Thresholds.CircuitBreakerTimeoutSeconds = (int)Math.Clamp(step.TotalSeconds, 1, 60);
        AlertOptions alerts = options.Alerts;
        alerts.Evaluation.Interval = alerts.Evaluation.SampleInterval = Second;
        alerts.Evaluation.WarmUp = TimeSpan.Zero;
        alerts.Grouping.Wait = alerts.Grouping.CriticalWait = alerts.Grouping.Interval = Second;
        alerts.Incidents.ResolveAfter = TimeSpan.Zero;
        alerts.Flapping.Enabled = false;
        foreach ((string rule, bool hasWindow) in Rules)
        {
            if (alerts.Rules.FirstOrDefault(known => known.Name == rule) is not { } changed)
            {
                alerts.Rules.Add(changed = new AlertRuleOptions { Name = rule });
            }

            changed.For = changed.KeepFiringFor = step;
            changed.Window = !hasWindow ? null : step > ShortestWindow ? step : ShortestWindow;
        }
    });
}
