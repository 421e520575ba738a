using Mcp.Monitoring.Configuration;
using Microsoft.Extensions.Configuration;

namespace Mcp.Monitoring;

/// <summary>Where the settings come from, as the calls of <c>AddMcpMonitoring</c> named it.</summary>
internal sealed class SettingsSources
{
    public const string Section = "McpMonitoring";

    private readonly List<string> _files = [];
    private readonly List<IConfigurationSection> _sections = [];

    public IReadOnlyList<string> Files => _files;

    public IReadOnlyList<IConfigurationSection> Sections => _sections;

    /// <summary>Gets or sets how an environment variable is read.</summary>
    public Func<string, string?> Variable { get; set; } = Environment.GetEnvironmentVariable;

    public void AddFile(string path)
    {
        if (!_files.Contains(path, StringComparer.Ordinal))
        {
            _files.Add(path);
        }
    }

    /// <summary>Adds a section; of a whole configuration, that which has our name.</summary>
    public void AddSection(IConfiguration configuration)
    {
        _sections.Add(configuration as IConfigurationSection ?? configuration.GetSection(Section));
    }

    /// <exception cref="ArgumentException">The path has an ending that says nothing.</exception>
    public static void RequireFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!SettingsFile.IsYaml(path) && !SettingsFile.IsJson(path))
        {
            throw new ArgumentException($"\"{path}\" ends neither in .yaml or .yml nor in .json, and its ending says how to read it.", nameof(path));
        }
    }
}
