using Mcp.Monitoring.Alerting.Settings;

namespace Mcp.Monitoring.Tests.Alerting.Settings;

public class TimeZonesTests
{
    [Theory]
    [InlineData("Europe/Moscow")]
    [InlineData("Nowhere/City")]
    public void A_machine_without_any_zones_is_told_so_and_not_that_the_name_is_wrong(string id)
    {
        string fault = TimeZones.Check("TimeZone", id, known => known == "UTC")!.ToString("alerts.time_zone");

        Assert.StartsWith($"alerts.time_zone is \"{id}\", but this machine has no time zone database. Install the package tzdata", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void UTC_needs_no_database()
    {
        Assert.Null(TimeZones.Check("TimeZone", "UTC", known => known == "UTC"));
    }

    [Fact]
    public void A_zone_that_is_not_there_is_not_the_fault_of_the_machine()
    {
        Assert.DoesNotContain("database", TimeZones.Check("TimeZone", "Nowhere/City")!.ToString(""), StringComparison.Ordinal);
    }
}
