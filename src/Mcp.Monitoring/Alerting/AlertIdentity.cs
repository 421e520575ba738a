namespace Mcp.Monitoring.Alerting;

/// <summary>Whose alerts these are.</summary>
/// <param name="Service">The label <c>mcp_service</c>.</param>
/// <param name="Version">The version of the application, if it has one.</param>
internal sealed record AlertIdentity(string Service, string? Version = null)
{
    /// <summary>Gets or sets the version that ran before, while that is news; engine's thread.</summary>
    public string? VersionBefore { get; set; }
}
