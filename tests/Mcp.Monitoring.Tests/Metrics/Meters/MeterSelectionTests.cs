using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

public sealed class MeterSelectionTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting", true)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", true)]
    [InlineData("microsoft.aspnetcore.routing", true)]
    [InlineData("System.Net.Http", true)]
    [InlineData("System.Runtime", true)]
    [InlineData("Npgsql", true)]
    [InlineData("Polly", true)]
    [InlineData("Microsoft.AspNetCore", false)]
    [InlineData("System.Net.NameResolution", false)]
    [InlineData("System.Runtime.Else", false)]
    [InlineData("Npgsql.Extra", false)]
    [InlineData("Shop", false)]
    public void Defaults_take_what_they_name(string meter, bool taken)
    {
        Assert.Equal(taken, Takes(MeterNames.Defaults, meter));
    }

    [Theory]
    [InlineData("Shop", "Shop", true)]
    [InlineData("Shop", "shop", true)]
    [InlineData("Shop", "Shop.Orders", false)]
    [InlineData("Shop*", "Shop", true)]
    [InlineData("Shop*", "Shop.Orders", true)]
    [InlineData("Shop*", "Workshop", false)]
    [InlineData("Shop.*", "Shop", false)]
    [InlineData("*", "Anything", true)]
    [InlineData("*", "Mcp.Monitoring", false)]
    [InlineData("*", "mcp.monitoring", false)]
    [InlineData("*", "Experimental.ModelContextProtocol", false)]
    [InlineData("Mcp.Monitoring*", "Mcp.Monitoring", false)]
    [InlineData("Mcp.*", "Mcp.Monitoring.Extra", true)]
    public void Star_at_the_end_matches_any_ending_but_never_our_own(string name, string meter, bool taken)
    {
        Assert.Equal(taken, Takes([name], meter));
    }

    [Fact]
    public void Meter_of_another_host_is_not_taken()
    {
        using ServiceProvider other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        IMeterFactory own = _services.GetRequiredService<IMeterFactory>();
        var selection = new MeterSelection(["Shop"], own);

        Assert.True(selection.Takes(own.Create("Shop")));
        Assert.False(selection.Takes(other.GetRequiredService<IMeterFactory>().Create("Shop")));
        using var scoped = new Meter("Shop", version: null, tags: null, scope: this);
        Assert.False(selection.Takes(scoped));
    }

    private bool Takes(IReadOnlyList<string> names, string name)
    {
        using var meter = new Meter(name);
        return new MeterSelection(names, _services.GetRequiredService<IMeterFactory>()).Takes(meter);
    }
}
