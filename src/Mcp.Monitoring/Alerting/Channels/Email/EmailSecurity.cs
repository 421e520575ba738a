namespace Mcp.Monitoring.Alerting;

/// <summary>How the conversation with a mail server is kept secret. None of them falls back to a weaker one.</summary>
public enum EmailSecurity
{
    /// <summary>It begins in clear and goes on encrypted (ports 587 and 25); a server that does not offer that is told nothing.</summary>
    Starttls,

    /// <summary>It is encrypted from the first byte on (port 465).</summary>
    Tls,

    /// <summary>It is not: for a server of the same machine or network. A password is sent so to this machine only.</summary>
    None,
}
