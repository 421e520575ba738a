using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring;

/// <summary>Refuses settings that are wrong, or, where the host is to start all the same, switches off what is wrong in them; and logs what is doubtful, once.</summary>
internal sealed class SettingsValidator(SettingsSources sources, IServiceProvider services, ILogger logger)
{
    private const string OnInvalid = "MCP_MONITORING_ON_INVALID", Failing = "fail", Disabling = "disable";
    private const int RoundsOfDisabling = 3;

    private readonly LogDeduplicator _warned = new();

    /// <summary>Gets whether what is wrong is switched off, and does not stop the start.</summary>
    public bool Disables => Mode == Disabling;

    private string Mode => sources.Variable(OnInvalid) is { Length: > 0 } given ? given : Failing;

    /// <summary>Checks what was read.</summary>
    /// <param name="options">The options; what is wrong in them may be switched off.</param>
    /// <param name="loaded">What was read for them.</param>
    /// <param name="isReload">Whether others are in use: a reload never switches off what runs.</param>
    /// <returns>Whether all of it was right.</returns>
    /// <exception cref="OptionsValidationException">They are not to be used; the message names each fault.</exception>
    public bool Validate(McpMonitoringOptions options, LoadedSettings loaded, bool isReload)
    {
        var check = new SettingsCheck(options, loaded, options.StrictKeys, services.GetService<TimeProvider>()?.GetUtcNow());
        string[] faults = [.. check.Faults, .. FaultsOfHost(options)];
        string mode = Mode;
        if (mode is not (Failing or Disabling))
        {
            throw Invalid([.. faults, $"{OnInvalid} is \"{Printable.Cut(mode)}\". Set it to fail or to disable."]);
        }

        if (faults.Length > 0)
        {
            if (mode == Failing || isReload)
            {
                throw Invalid(faults);
            }

            Disable(options, check, faults);
        }

        Warn([.. check.Warnings]);
        return faults.Length == 0;
    }

    public static OptionsValidationException Invalid(string[] faults) => new(Options.DefaultName, typeof(McpMonitoringOptions), faults);

    private void Disable(McpMonitoringOptions options, SettingsCheck check, string[] faults)
    {
        var defaults = new McpMonitoringOptions();
        string[] paths = [.. check.FaultyPaths];
        for (int round = 0; round < RoundsOfDisabling && paths.Length > 0; round++)
        {
            foreach (string path in paths)
            {
                SettingsTree.Disable(options, defaults, path);
            }

            paths = [.. SettingsTree.Check(options).Where(fault => !fault.IsWarning).Select(fault => fault.Path)];
        }

        if (paths.Length > 0 || FaultsOfHost(options).Any())
        {
            throw Invalid(faults);
        }

        foreach (string fault in faults)
        {
            SettingsLog.SectionDisabled(logger, fault);
        }
    }

    private void Warn(string[] warnings)
    {
        foreach (string warning in _warned.New(warnings))
        {
            SettingsLog.SettingDoubtful(logger, warning);
        }

        _warned.Keep(warnings);
    }

    private IEnumerable<string> FaultsOfHost(McpMonitoringOptions options) =>
        services.GetServices<IValidateOptions<McpMonitoringOptions>>().SelectMany(validate => validate.Validate(Options.DefaultName, options).Failures ?? []);
}
