using System.Data.Common;
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

    /// <summary>Gets or sets whether queries of Entity Framework Core are measured, as those of the dependency that its database is called. What runs over a connection with
    /// <c>WithMcpMonitoring</c> of its own is measured by that alone.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool EntityFramework { get; set; } = true;

    /// <summary>Gets or sets what names the dependency that a connection of Entity Framework Core leads to, from a fixed list of the host's own; it is asked once for each
    /// connection string. <see langword="null"/> leaves it at the name of the database.</summary>
    /// <value>The default is <see langword="null"/>: the dependency is called as <see cref="DbConnection.Database"/>, a file of SQLite as the file without folder and ending,
    /// at most 100 characters and 100 databases; further ones are <c>_other</c>.</value>
    public Func<DbConnection, string?>? DatabaseName { get; set; }

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Flag(nameof(HttpClients), () => HttpClients, value => HttpClients = value),
        Setting.List(nameof(ExcludedHttpClients), () => ExcludedHttpClients, value => ExcludedHttpClients = value),
        Setting.Flag(nameof(EntityFramework), () => EntityFramework, value => EntityFramework = value),
    ];

    void ISettings.TakeRest(ISettings other) => DatabaseName = ((DependencyOptions)other).DatabaseName;

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
