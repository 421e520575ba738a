using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring;

/// <summary>What is watched of the systems that tools depend on, without a line of code.</summary>
public sealed class DependencyOptions : ISettings
{
    private const int MostNames = 1_000, LongestName = 200;

    /// <summary>Gets or sets whether every named HTTP client of the host is watched, under its name.</summary>
    /// <value>The default is <see langword="true"/>. Clients with <c>AddMcpMonitoring("1c")</c> of their own are watched in any case.</value>
    public bool HttpClients { get; set; } = true;

    /// <summary>Gets or sets the names of HTTP clients that are not.</summary>
    /// <value>The default is empty. At most 1,000 names of 1 to 200 characters, compared with case.</value>
#pragma warning disable CA2227, CA1002, MA0016 // A list that the configuration binder fills and that a host replaces whole.
    public IList<string> ExcludedHttpClients { get; set; } = [];
#pragma warning restore CA2227, CA1002, MA0016

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Flag(nameof(HttpClients), () => HttpClients, value => HttpClients = value),
        Setting.List(nameof(ExcludedHttpClients), () => ExcludedHttpClients, value => ExcludedHttpClients = value),
    ];

    IEnumerable<Fault> ISettings.Check()
    {
        if (ExcludedHttpClients is not { Count: <= MostNames })
        {
            yield return Fault.Of(nameof(ExcludedHttpClients), ExcludedHttpClients is null ? null : $"{ExcludedHttpClients.Count} names", "Set at most 1,000 names; an empty list watches every client.");
            yield break;
        }

        for (int i = 0; i < ExcludedHttpClients.Count; i++)
        {
            if (SettingRules.Text($"{nameof(ExcludedHttpClients)}:{i}", ExcludedHttpClients[i] ?? "", LongestName, "Set a name of 1 to 200 characters.") is { } fault)
            {
                yield return fault;
            }
        }
    }
}
