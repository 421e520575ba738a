namespace Mcp.Monitoring.IntegrationTests.StatusPage;

/// <summary>The same in Development, where nobody may act.</summary>
public sealed class ReadOnlyDemo : FailingDemo
{
    protected override string Settings => "status_page:\n  read_only: true";
}
