using Mcp.Monitoring.Instrumentation.Dependencies.Database;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Database;

public class ServerAddressTests
{
    [Theory]
    [InlineData("db", "db", null)]
    [InlineData("db.company.com", "db.company.com", null)]
    [InlineData("tcp://db:5432", "db", 5432)]
    [InlineData("tcp:db,1433", "db", 1433)]
    [InlineData(@"db\instance", "db", null)]
    [InlineData("db:1521", "db", 1521)]
    [InlineData("10.0.0.7", "10.0.0.7", null)]
    [InlineData("[::1]:5432", "::1", 5432)]
    [InlineData("::1", "::1", null)]
    [InlineData("db:none", "db", null)]
    public void Host_and_port_are_found(string dataSource, string host, int? port) => Assert.Equal((host, port), ServerAddress.Of(dataSource));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/var/run/postgresql")]
    [InlineData("(DESCRIPTION=(ADDRESS=(HOST=db)(PORT=1521)))")]
    [InlineData("db/service name")]
    public void What_is_no_address_is_left_out(string? dataSource) => Assert.Null(ServerAddress.Of(dataSource));
}
