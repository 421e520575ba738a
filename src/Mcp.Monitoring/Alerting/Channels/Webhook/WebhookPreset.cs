namespace Mcp.Monitoring.Alerting;

/// <summary>What a webhook's receiver understands.</summary>
public enum WebhookPreset
{
    /// <summary>The JSON that Alertmanager's own webhooks send, version 4: every receiver made for it works.</summary>
    Alertmanager,

    /// <summary>PagerDuty, Events API version 2.</summary>
    Pagerduty,

    /// <summary>Opsgenie, and Jira Service Management, which took over its API.</summary>
    Opsgenie,

    /// <summary>ntfy, of ntfy.sh or a server of your own.</summary>
    Ntfy,

    /// <summary>A workflow of Microsoft Teams that begins with a webhook.</summary>
    Teams,

    /// <summary>A webhook of a Discord channel.</summary>
    Discord,
}
