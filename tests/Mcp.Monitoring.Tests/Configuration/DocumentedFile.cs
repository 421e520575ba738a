namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>The file of the documentation, which every version has to load as it stands.</summary>
internal static class DocumentedFile
{
    public const string Json = """
        { "environment": "production",
          "prometheus": { "enabled": true, "port": 8000, "service_name": "mcp_server", "metrics_prefix": "mcp" },
          "sentry": { "enabled": true, "dsn": "https://public@sentry.example.com/1", "environment": "production", "traces_sample_rate": 0.1 },
          "alerts": { "enabled": true, "retention_days": 30, "channels": {
              "email": { "enabled": true, "smtp_server": "smtp.company.com", "smtp_port": 587, "from_email": "a@company.com", "to_emails": ["b@company.com"] },
              "slack": { "enabled": true, "webhook_url": "https://hooks.slack.com/services/T/B/X" } } },
          "thresholds": { "error_rate_threshold": 0.01, "response_time_threshold_ms": 200, "circuit_breaker_failure_threshold": 5 } }
        """;

    public const string Yaml = """
        environment: production
        prometheus:
          enabled: true
          port: 8000
          service_name: mcp_server
          metrics_prefix: mcp
        sentry:
          enabled: true
          dsn: https://public@sentry.example.com/1
          environment: production
          traces_sample_rate: 0.1
        alerts:
          enabled: true
          retention_days: 30
          channels:
            email:
              enabled: true
              smtp_server: smtp.company.com
              smtp_port: 587
              from_email: a@company.com
              to_emails:
                - b@company.com
            slack:
              enabled: true
              webhook_url: https://hooks.slack.com/services/T/B/X
        thresholds:
          error_rate_threshold: 0.01
          response_time_threshold_ms: 200
          circuit_breaker_failure_threshold: 5
        """;

    /// <summary>The same file as it is before anybody has filled it in.</summary>
    public static string Placeholders(string file) => file
        .Replace("https://public@sentry.example.com/1", "https://your-sentry-dsn", StringComparison.Ordinal)
        .Replace("https://hooks.slack.com/services/T/B/X", "https://hooks.slack.com/services/YOUR/SLACK/WEBHOOK", StringComparison.Ordinal)
        .Replace("""
            , "from_email": "a@company.com", "to_emails": ["b@company.com"]
            """, "", StringComparison.Ordinal)
        .Replace("      from_email: a@company.com\n      to_emails:\n        - b@company.com\n", "", StringComparison.Ordinal);
}
