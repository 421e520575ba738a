using System.Globalization;
using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>What the rules say of options that a test has changed.</summary>
internal static class OptionsRules
{
    /// <summary>Expects a fault that names the value in hand, and what to do, and is the only one; or none.</summary>
    /// <param name="setting">The path below the root.</param>
    /// <param name="value">The value as the fault shows it; a text in quotes.</param>
    /// <param name="valid">Whether no fault is expected.</param>
    /// <param name="configure">Sets the value.</param>
    public static void Judge(string setting, string value, bool valid, Action<McpMonitoringOptions> configure) =>
        Expect(setting, $"is {(value.StartsWith('"') ? $"\"{Printable.Cut(value[1..^1])}\"" : value)}", valid, configure);

    /// <summary>Expects a fault that says this of a setting, and what to do, and is the only one; or none.</summary>
    public static void Expect(string setting, string problem, bool valid, Action<McpMonitoringOptions> configure)
    {
        string[] faults = Check(configure);
        if (valid)
        {
            Assert.Empty(faults);
            return;
        }

        string fault = Assert.Single(faults);
        Assert.StartsWith($"McpMonitoring:{setting} {problem}. ", fault, StringComparison.Ordinal);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
    }

    public static string[] Check(Action<McpMonitoringOptions> configure) => [.. Checked(configure).Faults];

    public static string[] Warnings(Action<McpMonitoringOptions> configure) => [.. Checked(configure).Warnings];

    public static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static SettingsCheck Checked(Action<McpMonitoringOptions> configure)
    {
        var options = new McpMonitoringOptions();
        configure(options);
        return new SettingsCheck(options, new SettingsLoader(options).Load());
    }
}
