namespace Mcp.Monitoring.Alerting;

/// <summary>Why somebody is told.</summary>
public enum NotificationKind
{
    /// <summary>Something began.</summary>
    First,

    /// <summary>More of it began, some of it ended, or it became more severe.</summary>
    Update,

    /// <summary>It still goes on.</summary>
    Repeat,

    /// <summary>All of it is over.</summary>
    Resolved,

    /// <summary>Nobody has acknowledged the incident.</summary>
    Escalation,

    /// <summary>It comes and goes; there is no further message until it has settled.</summary>
    FlappingStarted,

    /// <summary>It has settled, and this is how.</summary>
    FlappingEnded,

    /// <summary>Many things at once, counted: a storm, or what a channel missed while it was down.</summary>
    Digest,

    /// <summary>A silence is over, and what it silenced still goes on.</summary>
    SilenceExpired,

    /// <summary>Something about the server that is no alert: an unclean stop, other tools than before.</summary>
    Announcement,

    /// <summary>Somebody wants to know whether messages arrive: <see cref="IAlertManager.SendTestAsync"/>. Nothing is the matter.</summary>
    Test,

    /// <summary>The daily report: that all is well, or what is open.</summary>
    Report,
}
