using System.Text;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Configuration;

/// <summary>Makes the value of a setting of what was given.</summary>
internal static class SettingValue
{
    private const int LongestSecret = 64 * 1024;

    /// <summary>Reads a value.</summary>
    /// <returns>What is wrong with it, or <see langword="null"/>.</returns>
    public static Fault? Read(Setting setting, ConfiguredValue given, string path, LoadedSettings loaded, out object? value)
    {
        value = null;
        switch (given.Node)
        {
            case ListNode list when setting.IsList && !given.IsPath:
                return ReadList(list, given.Origin, path, loaded, out value);
            case ScalarNode { Text: { } text } when given.IsPath:
                return ReadFile(text, given.Origin, path, loaded, out value);
            case ScalarNode { Text: { } text }:
                value = setting.Parse(text);
                return value is null ? Fault.Of(path, setting.IsSecret ? "***" : text, $"{NearestName.Suggest(text, setting.Names)}Write {setting.Form}.") : null;
            default:
                return new Fault(path, Describe(given.Node), $"Write {(given.IsPath ? "the path of a file" : setting.Form)}.");
        }
    }

    public static string Describe(SettingsNode node) => node switch
    {
        MapNode => "is a section",
        ListNode => "is a list",
        ScalarNode { Text: { } text } => $"is \"{Printable.Cut(text)}\"",
        _ => "is not set",
    };

    private static Fault? ReadList(ListNode list, Origin origin, string path, LoadedSettings loaded, out object? value)
    {
        var items = new List<string>();
        value = items;
        for (int i = 0; i < list.Items.Count; i++)
        {
            SettingsNode item = list.Items[i];
            string itemPath = $"{path}:{i}";
            loaded.Origins[itemPath] = origin is FileOrigin file
                ? file with { Line = item.Line, Column = item.Column, Path = $"{file.Path}[{i}]" }
                : origin.Missing($"{i}");
            if (item is not ScalarNode { Text: { } text })
            {
                return new Fault(itemPath, Describe(item), "Write a text.");
            }

            items.Add(text);
        }

        return null;
    }

    private static Fault? ReadFile(string file, Origin origin, string path, LoadedSettings loaded, out object? value)
    {
        value = null;
        FileReading reading = loaded.ReadFile(file, LongestSecret);
        if (reading.Problem is { } problem)
        {
            string what = problem is NotRegularFileException other ? $"which is {other.Kind}" : "which cannot be read";
            return new Fault(path, $"names {Shown(file)}, {what}", "Name a file that this process may read, with the value in it and nothing else.") { Place = origin.Name };
        }

        string text = Encoding.UTF8.GetString(reading.Bytes).Trim().Trim('\uFEFF');
        if (reading.Bytes.Length > LongestSecret || text.Length == 0)
        {
            return new Fault(path, $"is read from {Shown(file)}, which {(text.Length == 0 ? "is empty" : "is too long")}", "Write the value into it, and nothing else.") { Place = origin.Name };
        }

        value = text;
        return null;
    }

    // Whoever writes the secret itself where its path belongs must not find it in the log.
    private static string Shown(string file) => Path.IsPathRooted(file) ? Printable.Cut(file) : "a file";
}
