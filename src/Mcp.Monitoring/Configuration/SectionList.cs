using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Configuration;

/// <summary>Reads a list of sections, each as a source of its own.</summary>
internal static class SectionList
{
    private const int MostItems = 500;

    public static void Read(Setting setting, ConfiguredValue given, string path, LoadedSettings loaded, string folder)
    {
        if (given.Node is not ListNode list || given.Layer is not PartOfLayer part || given.IsPath)
        {
            loaded.Faults.Add(new Fault(path, SettingValue.Describe(given.Node), $"Write {setting.Form}."));
            return;
        }

        if (list.Items.Count > MostItems)
        {
            loaded.Faults.Add(new Fault(path, $"has {list.Items.Count} entries", $"Give at most {MostItems}."));
            return;
        }

        var items = new List<ISettings>();
        for (int i = 0; i < list.Items.Count; i++)
        {
            items.Add(ReadItem(setting, list.Items[i], part, i, path, loaded, folder));
        }

        setting.Value = items;
    }

    private static ISettings ReadItem(Setting setting, SettingsNode node, PartOfLayer part, int index, string path, LoadedSettings loaded, string folder)
    {
        string itemPath = $"{path}:{index}";
        ISettings item = setting.Create!();
        string[] keys = [.. part.Keys, $"{index}"];
        loaded.Origins[itemPath] = part.Whole.OriginOf(keys, node.Line, node.Column);
        if (node is not MapNode map)
        {
            loaded.Faults.Add(new Fault(itemPath, SettingValue.Describe(node), "Each entry is a section: write its settings below it."));
            return item;
        }

        var loader = new SettingsLoader(item, folder);
        loader.Add(new PartOfLayer(part.Whole, keys, map));
        loaded.AddPart(itemPath, loader.Load());
        return item;
    }
}
