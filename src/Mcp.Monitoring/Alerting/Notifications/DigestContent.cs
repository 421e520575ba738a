using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>What was counted instead of being told one by one; it belongs to the engine's thread.</summary>
internal sealed record DigestContent
{
    private const int MostTitles = 10, MostRules = 50;

    public required TimeSpan Since { get; init; }

    /// <summary>Gets how many alerts began, by severity.</summary>
    public Dictionary<AlertSeverity, int> Begun { get; init; } = [];

    /// <summary>Gets how many began, by rule; past 50 rules under an empty name.</summary>
    public Dictionary<string, int> Rules { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Gets the titles of the first and worst.</summary>
    public List<string> Titles { get; init; } = [];

    public int Over { get; set; }

    /// <summary>Gets or sets how many messages of other kinds were left out.</summary>
    public int Reminders { get; set; }

    public AlertSeverity Severity { get; set; }

    /// <summary>Gets whether it tells of ends only.</summary>
    public bool IsEnd => Begun.Count == 0 && Over > 0;

    public int Count => Begun.Values.Sum() + Over;

    public void Add(GroupChange change)
    {
        foreach (ActiveAlert alert in change.Begun)
        {
            Begun[alert.Severity] = Begun.GetValueOrDefault(alert.Severity) + 1;
            string rule = Rules.ContainsKey(alert.Rule) || Rules.Count < MostRules ? alert.Rule : "";
            Rules[rule] = Rules.GetValueOrDefault(rule) + 1;
            Entitle(alert);
        }

        Over += change.Over.Count;
        Reminders += change.Begun.Count + change.Over.Count == 0 ? 1 : 0;
        foreach (ActiveAlert tracked in change.Begun.Concat(change.Going))
        {
            Severity = tracked.Severity > Severity ? tracked.Severity : Severity;
        }
    }

    public string Summary(AlertTexts texts)
    {
        string bySeverity = string.Join(", ", Begun.OrderByDescending(pair => pair.Key).Select(pair => texts.Say("digest.by_severity", pair.Value, texts.Word(pair.Key))));
        string[] said =
        [
            Begun.Count > 0 ? texts.Say("digest.began", Begun.Values.Sum(), bySeverity) : "",
            Over > 0 ? texts.Say("digest.over", Over) : "",
            Reminders > 0 ? texts.Say("digest.reminders", Reminders) : "",
        ];
        return string.Join(", ", said.Where(part => part.Length > 0));
    }

    public IEnumerable<string> Facts(AlertTexts texts)
    {
        if (Titles.Count > 0)
        {
            yield return texts.Say("fact.among", string.Join(", ", Titles));
        }

        if (Rules.Count > 1)
        {
            IEnumerable<string> counted = Rules.OrderByDescending(pair => pair.Value).Take(MostTitles)
                .Select(pair => $"{(pair.Key.Length > 0 ? pair.Key : texts["list.other_rules"])} {texts.Count(pair.Value)}");
            yield return texts.Say("fact.by_rule", string.Join(", ", counted));
        }
    }

    private void Entitle(ActiveAlert alert)
    {
        if (Titles.Count < MostTitles)
        {
            Titles.Add(AlertTitle.Of(alert));
        }
        else if (alert.Severity > Severity)
        {
            Titles[^1] = AlertTitle.Of(alert);
        }
    }
}
