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
        IConfigurationProvider? provider = ProviderOf(path);
        string? source = provider switch
        {
            FileConfigurationProvider { Source.Path: { } file } => file,
            EnvironmentVariablesConfigurationProvider => $"variable {path.Replace(":", "__", StringComparison.Ordinal)}",
            CommandLineConfigurationProvider => "command line",
            _ => null,
        };
        return new ConfigurationOrigin(
            Infrastructure.Validation.Printable.Cut(path), source, provider is EnvironmentVariablesConfigurationProvider or CommandLineConfigurationProvider);
    }

    // A section does not say whose it is; another configuration may have one of the same path.
    private static bool IsOf(IConfigurationSection section, IConfigurationRoot root) =>
        root.GetSection(section.Path).AsEnumerable().SequenceEqual(section.AsEnumerable());

    private IConfigurationProvider? ProviderOf(string path) =>
        _providers?.Providers.LastOrDefault(provider => provider.TryGet(path, out _) || provider.GetChildKeys([], path).Any());

    private sealed class Reader(IConfigurationRoot? providers)
    {
        private readonly SettingsBudget _budget = new();

        public SettingsNode Read(IConfigurationSection section, int depth)
        {
            _budget.Spend(1, line: 0, column: 0);
            SettingsBudget.Enter(depth, line: 0, column: 0);
            IConfigurationSection[] children = [.. section.GetChildren()];
            return children.Length == 0 ? new ScalarNode(section.Value)
                : children.All(child => IsIndex(child.Key)) ? ReadList(section, children, depth)
                : ReadMap(children, depth);
        }

        private MapNode ReadMap(IConfigurationSection[] children, int depth)
        {
            MapEntry[] entries = [.. children.Select(child => new MapEntry(child.Key, Read(child, depth + 1)))];
            return new MapNode(entries, 1 + entries.Sum(entry => entry.Value.Size));
        }

        // The configuration system merges lists by index, so that a list of two over a list of three keeps the third.
        private SettingsNode ReadList(IConfigurationSection section, IConfigurationSection[] children, int depth)
        {
            foreach (IConfigurationProvider provider in providers?.Providers.Reverse() ?? [])
            {
                if (provider.TryGet(section.Path, out string? text) && text is not null)
                {
                    return new ScalarNode(text);
                }

                if (KeysOf(provider, section.Path).Length > 0)
                {
                    return ReadFrom(provider, section.Path, depth);
                }
            }

            return ListOf([.. children.Select(child => Read(child, depth + 1))]);
        }

        private SettingsNode ReadFrom(IConfigurationProvider provider, string path, int depth)
        {
            SettingsBudget.Enter(depth, line: 0, column: 0);
            string[] keys = KeysOf(provider, path);
            SettingsNode[] values = [.. keys.Select(key => ReadFrom(provider, ConfigurationPath.Combine(path, key), depth + 1))];
            if (keys.Length == 0)
            {
                return new ScalarNode(provider.TryGet(path, out string? text) ? text : null);
            }

            if (keys.All(IsIndex))
            {
                return ListOf(values);
            }

            _budget.Spend(values.Length, line: 0, column: 0);
            return new MapNode([.. keys.Zip(values, (key, value) => new MapEntry(key, value))], 1 + values.Sum(value => value.Size));
        }

        private static string[] KeysOf(IConfigurationProvider provider, string path) =>
            [.. provider.GetChildKeys([], path).Distinct(StringComparer.OrdinalIgnoreCase)];

        private static bool IsIndex(string key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _);

        private ListNode ListOf(SettingsNode[] nodes)
        {
            _budget.Spend(nodes.Length, line: 0, column: 0);
            return new ListNode(nodes, 1 + nodes.Sum(node => node.Size));
        }
    }
}
