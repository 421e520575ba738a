using System.Globalization;
using System.Resources;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>The texts of dashboards in one language, from <c>DashboardTexts.*.resx</c>.</summary>
internal sealed class DashboardTexts(AlertLanguage language)
{
    private const string LegendKeys = "legend.";

    // Both languages are in the assembly itself, as those of alerts are.
    private readonly ResourceManager _texts = new($"{typeof(DashboardTexts).FullName}.{language.ToString().ToLowerInvariant()}", typeof(DashboardTexts).Assembly);

    public string this[string key] => _texts.GetString(key, CultureInfo.InvariantCulture) ?? throw new ArgumentException($"There is no text \"{key}\".", nameof(key));

    /// <summary>Says what a panel shows, and which alerts judge by the limits that it draws.</summary>
    public string Description(Panel panel) => string.Join(' ', [this[$"{panel.Key}.text"], .. panel.Limits.Concat(panel.Columns.SelectMany(column => column.Limits)).Distinct().Select(limit => Say(limit, UnitOf(panel, limit)))]);

    /// <summary>Names a series: labels as they are, words in the language.</summary>
    public string Legend(string legend) => legend.StartsWith(LegendKeys, StringComparison.Ordinal) ? this[legend] : legend;

    private string Say(Limit limit, string unit)
    {
        AlertTexts words = AlertTexts.In(language);
        string value = unit switch
        {
            Units.Share => words.Percent(limit.Value),
            Units.Seconds => words.Seconds(limit.Value),
            _ => words.Number(limit.Value),
        };
        return limit.Severity is { } severity
            ? string.Format(CultureInfo.InvariantCulture, this["limit.alert"], limit.Name, words.Word(severity), value)
            : string.Format(CultureInfo.InvariantCulture, this["limit.objective"], limit.Name, value);
    }

    private static string UnitOf(Panel panel, Limit limit) => panel.Columns.FirstOrDefault(column => column.Limits.Contains(limit))?.Unit ?? panel.Unit;
}
