using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Artifacts.Runbooks;

/// <summary>The words between the numbers of a rule, in one language.</summary>
internal sealed record RunbookWords
{
    private static readonly RunbookWords English = new()
    {
        Texts = AlertTexts.In(AlertLanguage.En),
        Severity = "severity",
        HoldsFor = "holds for",
        KeepsFiringFor = "keeps firing for",
        None = "–",
        Conditions = "Condition in PromQL",
        InProcessOnly = "Evaluated in the process only: what it knows is no metric.",
        ExportedOnly = "Evaluated by Prometheus only: that a process is gone is not seen from inside.",
        Off = "Off, until `enabled: true` in `alerts.rules`.",
        Event = "It tells of something that happened: no end is told.",
        Silent = "Without sound.",
    };

    private static readonly RunbookWords Russian = new()
    {
        Texts = AlertTexts.In(AlertLanguage.Ru),
        Severity = "severity",
        HoldsFor = "держится",
        KeepsFiringFor = "не гаснет ещё",
        None = "–",
        Conditions = "Условие на PromQL",
        InProcessOnly = "Вычисляется только в самом процессе: в метриках этого нет.",
        ExportedOnly = "Вычисляется только в Prometheus: изнутри не видно, что процесса больше нет.",
        Off = "Выключен, пока в `alerts.rules` не указано `enabled: true`.",
        Event = "Сообщает о событии: о завершении не сообщается.",
        Silent = "Без звука.",
    };

    public required AlertTexts Texts { get; init; }

    public required string Severity { get; init; }

    public required string HoldsFor { get; init; }

    public required string KeepsFiringFor { get; init; }

    public required string None { get; init; }

    public required string Conditions { get; init; }

    public required string InProcessOnly { get; init; }

    public required string ExportedOnly { get; init; }

    public required string Off { get; init; }

    public required string Event { get; init; }

    public required string Silent { get; init; }

    public static RunbookWords In(AlertLanguage language) => language == AlertLanguage.Ru ? Russian : English;
}
