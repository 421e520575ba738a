using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring;

/// <summary>One set of settings, which nothing changes once it is in use, and what was read for it, which a restart would take.</summary>
internal sealed class SettingsInUse
{
    private readonly LoadedSettings _loaded;
    private readonly Dictionary<string, object?> _read;

    // Code that configures may have kept the options, or lists of its own that are in them.
    public SettingsInUse(McpMonitoringOptions read, LoadedSettings loaded)
    {
        Options = SettingsCopy.Of(read);
        _loaded = loaded;
        _read = SettingsTree.Values(Options);
    }

    public McpMonitoringOptions Options { get; }

    /// <summary>Gets the names of the settings that are other than in the set before it.</summary>
    public IReadOnlyList<string> Changed { get; private set; } = [];

    /// <summary>Gets the names of the settings that were read anew and take a restart.</summary>
    public IReadOnlyList<string> Waiting { get; private set; } = [];

    /// <summary>Gets whether it has all that was read.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Returns the name by which the user gave a setting, or could have.</summary>
    public string NameOf(string path) => _loaded.NameOf(path);

    /// <summary>Makes it what is in use after another: of that it keeps what takes a restart. Called before anybody else sees it.</summary>
    /// <exception cref="OptionsValidationException">What is right by itself is wrong beside a setting that waits for a restart.</exception>
    public SettingsInUse After(SettingsInUse old)
    {
        List<string> changed = [], waiting = [];
        foreach (((string path, Setting setting), (_, Setting before)) in SettingsTree.Settings(Options).Zip(SettingsTree.Settings(old.Options)))
        {
            object? read = SettingsTree.Snapshot(setting);
            bool isOther = !LoadedSettings.Same(read, SettingsTree.Snapshot(before));
            if (setting.IsLive)
            {
                changed.AddRange(isOther ? [path] : []);
                continue;
            }

            IsWhole &= !isOther;
            waiting.AddRange(LoadedSettings.Same(read, old._read[path]) ? [] : [path]);
            setting.Value = before.Value;
        }

        string[] faults = [.. SettingsTree.Check(Options).Where(fault => !fault.IsWarning).Select(_loaded.Render)];
        if (faults.Length > 0)
        {
            throw SettingsValidator.Invalid(faults);
        }

        Changed = [.. changed.Select(NameOf)];
        Waiting = [.. waiting.Select(NameOf)];
        return this;
    }
}
