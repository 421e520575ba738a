namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>Says on a message what only the outbox knows of it.</summary>
internal static class MarkedNotification
{
    public static AlertNotification Of(OutboxMessage message, string? reference)
    {
        AlertNotification notification = message.Notification;
        string text = notification.Text;
        List<string> facts = [.. notification.Facts];
        if (message.InsteadOf is { } missing)
        {
            text += $" (instead of {missing})";
            facts.Add($"Instead of {missing}.");
        }

        if (notification.IsPossibleDuplicate)
        {
            text += " (may be a duplicate)";
            facts.Add("May be a duplicate.");
        }

        return notification with { Text = text, Facts = facts, ThreadReference = notification.ThreadReference ?? reference };
    }
}
