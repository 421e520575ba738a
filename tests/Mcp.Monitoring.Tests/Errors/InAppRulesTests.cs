using Mcp.Monitoring.Errors;

namespace Mcp.Monitoring.Tests.Errors;

public sealed class InAppRulesTests
{
    private static readonly InAppRules Rules = new(["Microsoft.Shop", "Company.Common."], ["Company"]);

    [Theory]
    [InlineData("Shop.Orders", true)]
    [InlineData("System.Linq.Enumerable", false)]
    [InlineData("System", false)]
    [InlineData("Systems.Orders", true)]
    [InlineData("Microsoft.AspNetCore.Http.HttpContext", false)]
    [InlineData("ModelContextProtocol.Server.McpServer", false)]
    [InlineData("Mcp.Monitoring.McpMonitor", false)]
    [InlineData("Mcp.MonitoringDemo.Tool", true)]
    [InlineData("Npgsql.NpgsqlCommand", false)]
    [InlineData("Company.Orders", false)]
    [InlineData("Company.Common.Orders", true)]
    [InlineData("Microsoft.Shop.Orders", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Frames_of_no_known_library_are_the_applications_own_and_what_the_host_includes_wins(string? module, bool isInApp)
    {
        Assert.Equal(isInApp, Rules.IsInApp(module));
    }
}
