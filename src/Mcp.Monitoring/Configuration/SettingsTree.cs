using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Configuration;

/// <summary>Walks the sections of the options.</summary>
internal static class SettingsTree
{
    /// <summary>The problem of a key that no section has.</summary>
    public const string IsUnknown = "is not a setting";

    /// <summary>Lists every setting with its path.</summary>
    public static IEnumerable<(string Path, Setting Setting)> Settings(ISettings section) =>
        section.Settings.Select(setting => (setting.Name, setting)).Concat(
            section.Sections.SelectMany(inner => Settings(inner.Settings).Select(found => ($"{inner.Name}:{found.Path}", found.Setting))));

    /// <summary>Takes down the values of all settings, lists as they are now.</summary>
    public static Dictionary<string, object?> Values(ISettings section) => Settings(section).ToDictionary(
        found => found.Path,
        found => Snapshot(found.Setting),
        StringComparer.Ordinal);

    /// <summary>Takes down a value, so that it can be compared after it has changed.</summary>
    public static object? Snapshot(Setting setting) => setting.Value switch
    {
        IEnumerable<ISettings> sections => (string[])[.. sections.Select(SettingsExport.ToJson)],
        IEnumerable<string> items => (string[])[.. items],
        var value => value,
    };

    /// <summary>Checks every section that is not switched off.</summary>
    /// <param name="section">The section.</param>
    /// <param name="now">The time, where what depends on it is to be checked as well.</param>
    public static IEnumerable<Fault> Check(ISettings section, DateTimeOffset? now = null) => section.IsOff ? [] :
        section.Check()
            .Concat(now is { } time ? section.CheckAt(time) : [])
            .Concat(CheckedParts(section).SelectMany(inner => Check(inner.Settings, now).Select(fault => fault.In(inner.Name))));

    private static IEnumerable<Section> CheckedParts(ISettings section) => section.Sections.Concat(
        from setting in section.Settings
        where setting.Create is not null
        from item in ((IEnumerable<ISettings>)setting.Value!).Index()
        select new Section($"{setting.Name}:{item.Index}", item.Item));

    /// <summary>Switches the innermost section of a faulty setting off, or, where it has no switch, takes it back to its defaults.</summary>
    public static void Disable(ISettings root, ISettings defaults, string path)
    {
        ISettings section = root, original = defaults;
        foreach (string name in path.Split(':'))
        {
            if (section.Sections.FirstOrDefault(inner => inner.Name == name) is not { Settings: { } inner })
            {
                break;
            }

            section = inner;
            original = original.Sections.First(other => other.Name == name).Settings;
        }

        foreach ((Setting setting, Setting value) in section.Settings.Zip(original.Settings))
        {
            setting.Value = setting.IsSwitch ? false : value.Value;
        }
    }
}
