using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

public sealed class ObservableTests : IDisposable
{
    private readonly BridgedPage _page = new();

    public void Dispose() => _page.Dispose();

    [Fact]
    public void Observables_are_read_at_each_scrape()
    {
        long value = 0;
        _page.Meter.CreateObservableCounter("c", () => ++value);
        _page.Meter.CreateObservableUpDownCounter("u", () => -value);
        _page.Meter.CreateObservableGauge("g", () => value / 2.0);

        Assert.Equal(["c_total 1", "g 0.5", "u -1"], _page.Samples());
        Assert.Equal(["c_total 2", "g 1", "u -2"], _page.Samples());
    }

    [Fact]
    public void Series_that_is_not_reported_is_not_shown()
    {
        string[] reported = ["a", "b"];
        _page.Meter.CreateObservableGauge("g", () => reported.Select(name => new Measurement<int>(1, new KeyValuePair<string, object?>("k", name))));
        Assert.Equal(["g{k=a} 1", "g{k=b} 1"], _page.Samples());

        reported = ["b"];
        Assert.Equal(["g{k=b} 1"], _page.Samples());

        reported = ["a", "b"];
        Assert.Equal(["g{k=a} 1", "g{k=b} 1"], _page.Samples());
    }

    [Fact]
    public void Callback_that_throws_hurts_no_other()
    {
        _page.Meter.CreateObservableGauge("before", () => 1);
        _page.Meter.CreateObservableGauge("bad", static int () => throw new InvalidOperationException("no value"));
        _page.Meter.CreateObservableGauge("half", Half);
        _page.Meter.CreateObservableGauge("after", () => 2);

        Assert.Equal(["after 2", "before 1", "half 3"], _page.Samples());
        Assert.Equal(4, _page.Errors);
        Assert.Single(_page.Logs.Of("MonitoringFailed"));

        static IEnumerable<Measurement<int>> Half()
        {
            yield return new Measurement<int>(3);
            throw new InvalidOperationException("no more");
        }
    }

    [Fact]
    public void Callback_that_hangs_does_not_take_the_page_away()
    {
        using var answer = new ManualResetEventSlim();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Meter meter = _page.CreateMeter($"Test.{Guid.NewGuid():N}");
        int asked = 0;
        meter.CreateObservableGauge("before", () => 1);
        meter.CreateObservableGauge("hangs", () => Interlocked.Increment(ref asked) == 1 && answer.Wait(TimeSpan.FromSeconds(60), cancellation) ? 0 : 2);
        meter.CreateObservableGauge("later", () => 3);
        using var bridge = new MeterBridge(
            _page.Host.Page,
            new MeterSelection([meter.Name], _page.Host.Services.GetRequiredService<IMeterFactory>()),
            _page.Host.Services.GetRequiredService<InternalErrors>(),
            NullLogger<MeterBridge>.Instance,
            longestCollection: TimeSpan.FromSeconds(1));
        bridge.Start();
        meter.CreateCounter<int>("counter").Add(1);

        Assert.Equal(["before 1", "counter_total 1"], _page.Samples());
        Assert.Equal(["counter_total 1"], _page.Samples());
        Assert.Equal(1, asked);
        Assert.True(_page.Errors >= 2);

        answer.Set();
        Assert.True(SpinWait.SpinUntil(() => _page.Samples().Length == 4, TimeSpan.FromSeconds(20)));
        Assert.Equal(["before 1", "counter_total 1", "hangs 2", "later 3"], _page.Samples());
    }

    [Fact]
    public void Callback_may_measure_itself()
    {
        Counter<int> calls = _page.Meter.CreateCounter<int>("calls");
        _page.Meter.CreateObservableGauge("g", () =>
        {
            calls.Add(1);
            return 1;
        });

        Assert.Equal(["calls_total 1", "g 1"], _page.Samples());
    }
}
