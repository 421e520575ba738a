using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Tracing.Export;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Mcp.Monitoring.Tests.Tracing.Export;

public sealed class MetricPushTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ServiceProvider _others = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose()
    {
        _services.Dispose();
        _others.Dispose();
    }

    [Theory]
    [InlineData("Mcp.Monitoring", true)]
    [InlineData("Shop", true)]
    [InlineData("Experimental.ModelContextProtocol", false)]
    public void Meters_of_this_host_are_pushed_but_for_that_of_the_SDK(string name, bool isPushed)
    {
        Assert.Equal(isPushed, IsPushed(_services, name));
    }

    [Theory]
    [InlineData("Mcp.Monitoring")]
    [InlineData("Shop")]
    public void Meters_of_another_host_in_the_process_are_not(string name)
    {
        Assert.False(IsPushed(_others, name));
    }

    private bool IsPushed(IServiceProvider host, string name)
    {
        IMeterFactory own = _services.GetRequiredService<IMeterFactory>();
        Meter meter = host.GetRequiredService<IMeterFactory>().Create(name);
        return MetricPush.View(meter.CreateCounter<int>("calls"), new MeterSelection(["*"], own), own) != MetricStreamConfiguration.Drop;
    }
}
