using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace Mcp.Monitoring.Configuration;

/// <summary>Settings from the host's configuration.</summary>
internal sealed record ConfigurationLayer : SettingsLayer
{
    private readonly string _path;
    private readonly IConfigurationRoot? _providers;

    private ConfigurationLayer(MapNode root, string path, IConfigurationRoot? providers)
        : base(root)
    {
        _path = path;
        _providers = providers;
    }

    /// <summary>Reads a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="configuration">The configuration that it belongs to, if that is known: who gave what, and lists as the last source gave them.</param>
    /// <returns>Its settings; <see langword="null"/> if nothing is there.</returns>
    /// <exception cref="SettingsFileException">It is too much.</exception>
    public static ConfigurationLayer? Read(IConfigurationSection section, IConfiguration? configuration)
    {
        IConfigurationRoot? providers = configuration is IConfigurationRoot root && IsOf(section, root) ? root : null;
        return new Reader(providers).Read(section, depth: 0) is MapNode map ? new ConfigurationLayer(map, section.Path, providers) : null;
    }

    public override Origin OriginOf(IReadOnlyList<string> keys, long line, long column)
    {
        string path = ConfigurationPath.Combine([_path, .. keys]);
        return new ConfigurationOrigin(Validation.Printable.Cut(path), SourceOf(path));
    }

    // A section does not say whose it is; another configuration may have one of the same path.
    private static bool IsOf(IConfigurationSection section, IConfigurationRoot root) =>
        root.GetSection(section.Path).AsEnumerable().SequenceEqual(section.AsEnumerable());

    private string? SourceOf(string path) =>
        _providers?.Providers.LastOrDefault(provider => provider.TryGet(path, out _) || provider.GetChildKeys([], path).Any()) switch
        {
            FileConfigurationProvider { Source.Path: { } file } => file,
            EnvironmentVariablesConfigurationProvider => $"variable {path.Replace(":", "__", StringComparison.Ordinal)}",
            CommandLineConfigurationProvider => "command line",
            _ => null,
        };

    private sealed class Reader(IConfigurationRoot? providers)
    {
        private readonly SettingsBudget _budget = new();

        public SettingsNode Read(IConfigurationSection section, int depth)
        {
            _budget.Spend(1, line: 0, column: 0);
            SettingsBudget.Enter(depth, line: 0, column: 0);
            IConfigurationSection[] children = [.. section.GetChildren()];
            return children.Length == 0 ? new ScalarNode(section.Value)
                : children.All(child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? ReadList(section, children)
                : ReadMap(children, depth);
        }

        private MapNode ReadMap(IConfigurationSection[] children, int depth)
        {
            MapEntry[] entries = [.. children.Select(child => new MapEntry(child.Key, Read(child, depth + 1)))];
            return new MapNode(entries, 1 + entries.Sum(entry => entry.Value.Size));
        }

        // The configuration system merges lists by index, so that a list of two over a list of three keeps the third.
        private SettingsNode ReadList(IConfigurationSection section, IConfigurationSection[] children)
        {
            foreach (IConfigurationProvider provider in providers?.Providers.Reverse() ?? [])
            {
                if (provider.TryGet(section.Path, out string? text) && text is not null)
                {
                    return new ScalarNode(text);
                }

                string[] keys = [.. provider.GetChildKeys([], section.Path).Distinct(StringComparer.OrdinalIgnoreCase)];
                if (keys.Length > 0)
                {
                    return ListOf(keys.Select(key => provider.TryGet(ConfigurationPath.Combine(section.Path, key), out string? item) ? item : null));
                }
            }

            return ListOf(children.Select(child => child.Value));
        }

        private ListNode ListOf(IEnumerable<string?> items)
        {
            SettingsNode[] nodes = [.. items.Select(item => new ScalarNode(item))];
            _budget.Spend(nodes.Length, line: 0, column: 0);
            return new ListNode(nodes, 1 + nodes.Length);
        }
    }
}
