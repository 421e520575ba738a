using Mcp.Monitoring.Infrastructure.Validation;
using Microsoft.Extensions.Configuration;

namespace Mcp.Monitoring.Configuration;

/// <summary>
/// Lays the sources over one another, then reads each setting once, from the last source that gave it: what another source replaced need not be right. A list
/// replaces a list as a whole.
/// </summary>
internal sealed class SettingsLoader
{
    private readonly ISettings _root;
    private readonly string _folder;
    private readonly Dictionary<string, Setting> _settings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConfiguredValue> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Origin> _sections = new(StringComparer.Ordinal);
    private readonly List<Fault> _faults = [];
    private readonly List<FileReading> _files = [];

    /// <param name="root">The options.</param>
    /// <param name="folder">What relative paths of files are relative to; the current directory without it.</param>
    public SettingsLoader(ISettings root, string? folder = null)
    {
        _root = root;
        _folder = folder ?? Environment.CurrentDirectory;
        foreach ((string path, Setting setting) in SettingsTree.Settings(root))
        {
            _settings.Add(path, setting);
        }
    }

    /// <summary>Adds a source over those before it.</summary>
    public void Add(SettingsLayer layer) => AddMap(layer, layer.Root, _root, path: "", keys: []);

    /// <summary>Adds a file, or what is wrong with it.</summary>
    /// <param name="name">The file as the user named it.</param>
    public void AddFile(string name)
    {
        FileReading file = FileReading.Of(FilePath.Full(name, _folder), SettingsFile.MostBytes);
        _files.Add(file.WithoutContent());
        if (SettingsFile.Read(file, name, out Fault? fault) is { } root)
        {
            Add(new FileLayer(root, name));
        }
        else
        {
            _faults.Add(fault!);
        }
    }

    /// <summary>Adds a section of the host's configuration.</summary>
    public void AddConfiguration(IConfigurationSection section, IConfiguration? configuration)
    {
        try
        {
            if (ConfigurationLayer.Read(section, configuration) is { } layer)
            {
                Add(layer);
            }
        }
        catch (SettingsFileException fault)
        {
            _faults.Add(new Fault(Path: "", fault.Message, "Take out what does not belong there.") { Place = section.Path });
        }
    }

    /// <summary>Adds the environment variables that settings name; an empty one is not set.</summary>
    public void AddVariables(Func<string, string?> read)
    {
        foreach ((string path, Setting setting) in _settings)
        {
            foreach (string variable in setting.Variables)
            {
                if (AddVariable(path, setting, variable, read))
                {
                    break;
                }
            }
        }
    }

    /// <summary>Reads every setting from its last source into the options.</summary>
    public LoadedSettings Load()
    {
        SwitchOnWhatIsMentioned();
        var loaded = new LoadedSettings(_sections, _files, _folder);
        foreach ((string path, ConfiguredValue given) in _given)
        {
            loaded.Origins[path] = given.Origin;
            if (_settings[path].Create is not null)
            {
                SectionList.Read(_settings[path], given, path, loaded, _folder);
                continue;
            }

            if (SettingValue.Read(_settings[path], given, path, loaded, out object? value) is { } fault)
            {
                loaded.Faults.Add(fault);
                continue;
            }

            _settings[path].Value = value;
            if (given.Origin is VariableOrigin variable)
            {
                _settings[path].ComesFrom(variable.Name);
            }
        }

        loaded.Faults.AddRange(_faults);
        return loaded;
    }

    private bool AddVariable(string path, Setting setting, string variable, Func<string, string?> read)
    {
        string? text = read(variable) is { } given && !IsServiceLink(variable, given) ? given : null;
        string file = variable + "_FILE";
        string? pathOfText = setting.IsSecret ? read(file) : null;
        if (string.IsNullOrEmpty(text) && string.IsNullOrEmpty(pathOfText))
        {
            return false;
        }

        if (!string.IsNullOrEmpty(text) && !string.IsNullOrEmpty(pathOfText))
        {
            _faults.Add(new Fault(path, $"is set beside {variable}", $"Set one of {variable} and {file}.") { Place = file });
        }

        bool isPath = string.IsNullOrEmpty(text);
        var origin = new VariableOrigin(isPath ? file : variable);
        _given[path] = new ConfiguredValue(new ScalarNode(isPath ? pathOfText : text), origin, isPath);
        if (setting.TurnsOn && SwitchOf(path) is { } toggle)
        {
            SwitchOn(toggle, origin);
        }

        return true;
    }

    // Where it runs says more than what was written before.
    private void SwitchOn(string toggle, VariableOrigin origin)
    {
        ConfiguredValue? written = _given.GetValueOrDefault(toggle);
        if (written?.Origin is VariableOrigin or ConfigurationOrigin { IsOfDeployment: true })
        {
            return;
        }

        if (written?.Node is ScalarNode { Text: { } text } && bool.TryParse(text, out bool isOn) && !isOn)
        {
            string remedy = _settings[toggle].Variables is [var off, ..] ? $"Set {off}=false as well, or take {origin.Variable} out." : $"Take {origin.Variable} out.";
            _faults.Add(new Fault(toggle, $"is false, and {origin.Variable} switches it on", remedy) { Place = written.Origin.Name, IsWarning = true });
        }

        _given[toggle] = new ConfiguredValue(new ScalarNode("true"), origin, IsPath: false);
    }

    // Kubernetes sets PROMETHEUS_PORT=tcp://10.96.0.12:9090 in every pod beside a service named prometheus.
    private static bool IsServiceLink(string variable, string text) => variable.EndsWith("_PORT", StringComparison.Ordinal)
        && (text.StartsWith("tcp://", StringComparison.Ordinal) || text.StartsWith("udp://", StringComparison.Ordinal));

    private string? SwitchOf(string path)
    {
        string section = path[..(path.LastIndexOf(':') + 1)];
        return _settings.FirstOrDefault(other => other.Value.IsSwitch && other.Key == section + other.Value.Name).Key;
    }

    private void SwitchOnWhatIsMentioned()
    {
        foreach ((string path, Origin origin) in _sections)
        {
            if (SwitchOf(path + ":") is { } toggle && _settings[toggle].IsOnWhenMentioned)
            {
                _given.TryAdd(toggle, new ConfiguredValue(new ScalarNode("true"), origin, IsPath: false));
            }
        }
    }

    private void AddMap(SettingsLayer layer, MapNode map, ISettings section, string path, IReadOnlyList<string> keys)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Setting[] settings = [.. section.Settings];
        Section[] sections = [.. section.Sections];
        foreach (MapEntry entry in map.Entries)
        {
            IReadOnlyList<string> entryKeys = [.. keys, entry.Key];
            Origin origin = layer.OriginOf(entryKeys, entry.Line, entry.Column);
            string bare = SettingNames.Bare(entry.Key);
            if (Find(settings, bare, out bool isPath) is { } setting)
            {
                string settingPath = Join(path, setting.Name);
                if (!seen.Add(setting.Name))
                {
                    _faults.Add(new Fault(settingPath, "is there twice", "Leave one of them, in one spelling.") { Place = origin.Name });
                    continue;
                }

                Give(settingPath, new ConfiguredValue(entry.Value, origin, isPath, setting.Create is null ? null : new PartOfLayer(layer, entryKeys, layer.Root)));
            }
            else if (Array.Find(sections, inner => SettingNames.Bare(inner.Name) == bare) is { Settings: { } inner, Name: var name })
            {
                AddSection(layer, entry.Value, inner, Join(path, name), entryKeys, origin, isTwice: !seen.Add(name));
            }
            else
            {
                _faults.Add(Unknown(entry.Key, path, section, origin));
            }
        }
    }

    private void AddSection(
        SettingsLayer layer, SettingsNode node, ISettings section, string path, IReadOnlyList<string> keys, Origin origin, bool isTwice)
    {
        if (isTwice)
        {
            _faults.Add(new Fault(path, "is there twice", "Put both into one section, in one spelling.") { Place = origin.Name });
        }
        else if (node is MapNode map)
        {
            _sections[path] = origin;
            AddMap(layer, map, section, path, keys);
        }
        else if (node is not ScalarNode { Text: null or "" })
        {
            // Not the text: somebody may have written a secret straight behind the name.
            _faults.Add(new Fault(path, node is ListNode ? "is a list" : "is a text", "It is a section: write its settings below it.") { Place = origin.Name });
        }
    }

    private void Give(string path, ConfiguredValue given)
    {
        // An empty text is how a template leaves a number out.
        if (given.Node is ScalarNode { Text: null } || (given.Node is ScalarNode { Text: "" } && _settings[path] is { IsText: false, IsList: false }))
        {
            _given.Remove(path);
        }
        else
        {
            _given[path] = given;
        }
    }

    private Fault Unknown(string key, string path, ISettings section, Origin origin)
    {
        // Further ones are not shown.
        string remedy = _faults.Count < SettingsCheck.MostFaults && NearestKey.Find(key, path, section, _root) is { } nearest
            ? $"Did you mean {nearest}?"
            : "Remove it, or set strict_keys: false to go on with a warning.";
        return new Fault(Join(path, key), SettingsTree.IsUnknown, remedy) { Place = origin.Name };
    }

    private static Setting? Find(Setting[] settings, string bare, out bool isPath)
    {
        isPath = false;
        foreach (Setting setting in settings)
        {
            string name = SettingNames.Bare(setting.Name);
            isPath = setting.IsSecret && bare == name + "file";
            if (bare == name || isPath)
            {
                return setting;
            }
        }

        return null;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";
}
