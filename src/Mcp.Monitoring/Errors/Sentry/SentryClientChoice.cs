namespace Mcp.Monitoring.Errors;

/// <summary>Which client sends to Sentry.</summary>
public enum SentryClientChoice
{
    /// <summary>That of the host, if it has started Sentry's SDK with a DSN by itself; else one of this library.</summary>
    Auto,

    /// <summary>One of this library, also beside that of the host: for a project of its own.</summary>
    BuiltIn,

    /// <summary>That of the host or nobody.</summary>
    None,
}
