namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>Where the section of an alert is, on the page that has one of each.</summary>
internal static class RunbookSection
{
    /// <summary>Gets the anchor of a section, as GitHub, GitLab and others make it of a heading that is one word.</summary>
    public static string Anchor(string alert) => alert.ToLowerInvariant();

    /// <param name="page">The address of the page, or its path.</param>
    /// <param name="alert">The name of the alert.</param>
    public static string At(string page, string alert) => $"{page.TrimEnd('#')}#{Anchor(alert)}";
}
