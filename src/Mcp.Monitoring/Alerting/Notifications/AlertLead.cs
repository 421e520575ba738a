using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>What a message is called by: the alert that names what a person can act on.</summary>
internal static class AlertLead
{
    private const int MostNames = 3;

    /// <summary>Picks the most specific of what fires, or is about to, that explains the worst.</summary>
    /// <param name="worstFirst">What fires or is over, the worst first; not empty.</param>
    /// <param name="pending">What does not fire yet, although its condition holds.</param>
    public static ActiveAlert Of(IReadOnlyList<ActiveAlert> worstFirst, IReadOnlyList<ActiveAlert> pending) =>
        worstFirst.Concat(pending)
            .Where(tracked => CauseOrder.IsMoreSpecific(tracked, worstFirst[0]))
            .MinBy(tracked => CauseOrder.RankOf(tracked.Rule)) ?? worstFirst[0];

    /// <summary>Names the operations that fail alike; <see langword="null"/> where there are not several.</summary>
    public static string? SharedTitle(AlertGroup group, ActiveAlert lead, IEnumerable<ActiveAlert> all, AlertTexts texts)
    {
        if (!group.HasSharedCause || !lead.Labels.ContainsKey(AlertLabels.Operation))
        {
            return null;
        }

        string[] operations =
        [
            .. all.OrderBy(alert => alert.StartedAt).Select(alert => alert.Labels[AlertLabels.Operation])
                .Where(operation => operation.Length > 0).Distinct(StringComparer.Ordinal),
        ];
        return operations.Length < 2 ? null : $"{texts.Say("title.fail", texts.Names(operations, operations.Length, MostNames))}: {texts.Error(group.SharedCause)}";
    }
}
