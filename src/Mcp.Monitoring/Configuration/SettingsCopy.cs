using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Configuration;

/// <summary>Copies options with all that is in them, so that whoever holds the one changes nothing of the other.</summary>
internal static class SettingsCopy
{
    public static TSection Of<TSection>(TSection section)
        where TSection : ISettings, new()
    {
        var copy = new TSection();
        Copy(section, copy);
        return copy;
    }

    private static void Copy(ISettings from, ISettings to)
    {
        foreach ((Setting source, Setting target) in from.Settings.Zip(to.Settings))
        {
            target.Value = ValueOf(source);
        }

        foreach ((Section source, Section target) in from.Sections.Zip(to.Sections))
        {
            Copy(source.Settings, target.Settings);
        }

        to.TakeRest(from);
    }

    private static object? ValueOf(Setting setting) => setting.Value switch
    {
        IEnumerable<ISettings> items => items.Select(item => Of(item, setting.Create!())).ToArray(),
        IList<string> texts => texts.ToList(),
        var value => value,
    };

    private static ISettings Of(ISettings item, ISettings copy)
    {
        Copy(item, copy);
        return copy;
    }
}
