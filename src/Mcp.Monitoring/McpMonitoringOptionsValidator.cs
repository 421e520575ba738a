using Microsoft.Extensions.Options;

namespace Mcp.Monitoring;

/// <summary>Stops the host at start with every fault of the settings at once.</summary>
internal sealed class McpMonitoringOptionsValidator : IValidateOptions<McpMonitoringOptions>
{
    public ValidateOptionsResult Validate(string? name, McpMonitoringOptions options)
    {
        string[] faults = [.. options.Check().Select(fault => fault.In("McpMonitoring").ToString())];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
