namespace Mcp.Monitoring.Alerting;

/// <summary>The languages of messages.</summary>
public enum AlertLanguage
{
    /// <summary>English.</summary>
    En,

    /// <summary>Russian.</summary>
    Ru,
}
