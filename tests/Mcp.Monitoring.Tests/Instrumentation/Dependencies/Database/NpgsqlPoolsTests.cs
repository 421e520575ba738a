using System.Diagnostics.Metrics;
using Mcp.Monitoring.Instrumentation.Dependencies.Database;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Database;

/// <summary>What is read off a meter such as Npgsql has, by the names of each of its versions.</summary>
[Collection(nameof(Alone))]
public sealed class NpgsqlPoolsTests : IDisposable
{
    private readonly Meter _meter = new("Npgsql");
    private readonly List<Exception> _faults = [];
    private readonly NpgsqlPools _pools;

    public NpgsqlPoolsTests()
    {
        _pools = new NpgsqlPools(_faults.Add);
        _pools.Start();
    }

    public void Dispose()
    {
        _pools.Dispose();
        _meter.Dispose();
    }

    [Theory]
    [InlineData("db.client.connection.count", "db.client.connection.max", "db.client.connection.npgsql.pending_requests", "db.client.connection.pool.name", "db.client.connection.state")]
    [InlineData("db.client.connections.usage", "db.client.connections.max", "db.client.connections.pending_requests", "pool.name", "state")]
    public void Pools_are_added_up_by_the_names_that_are_asked_for(string count, string max, string pending, string pool, string state)
    {
        Measurement<int> Connections(string name, string kind, int value) => new(value, new(pool, name), new(state, kind));
        _meter.CreateObservableUpDownCounter(count, () => (Measurement<int>[])
        [
            Connections("a", "idle", 1), Connections("a", "used", 2), Connections("b", "idle", 10), Connections("b", "used", 20), Connections("c", "used", 400),
        ]);
        _meter.CreateObservableUpDownCounter(max, () => (Measurement<int>[])[new(5, new KeyValuePair<string, object?>(pool, "a")), new(50, new KeyValuePair<string, object?>(pool, "b"))]);
        UpDownCounter<int> waiting = _meter.CreateUpDownCounter<int>(pending);
        waiting.Add(3, new KeyValuePair<string, object?>(pool, "b"));
        waiting.Add(-1, new KeyValuePair<string, object?>(pool, "b"));

        Assert.Equal(11, _pools.Sum(["a", "b"], static found => found.Idle));
        Assert.Equal(22, _pools.Sum(["a", "b", "nobody"], static found => found.Used));
        Assert.Equal(2, _pools.Sum(["a"], static found => found.Used));
        Assert.Equal(55, _pools.Sum(["a", "b"], static found => found.Most));
        Assert.Equal(2, _pools.Sum(["a", "b"], static found => found.Waiting));
        Assert.Equal(double.NaN, _pools.Sum(["nobody"], static found => found.Used));
    }

    [Fact]
    public void Caller_who_waited_before_anybody_listened_leaves_no_debt()
    {
        UpDownCounter<int> waiting = _meter.CreateUpDownCounter<int>("db.client.connection.npgsql.pending_requests");
        _meter.CreateObservableUpDownCounter("db.client.connection.max", () => new Measurement<int>(5, new KeyValuePair<string, object?>("db.client.connection.pool.name", "a")));
        waiting.Add(-1, new KeyValuePair<string, object?>("db.client.connection.pool.name", "a"));
        waiting.Add(1, new KeyValuePair<string, object?>("db.client.connection.pool.name", "a"));

        Assert.Equal(1, _pools.Sum(["a"], static found => found.Waiting));
    }

    [Fact]
    public void Pools_are_bounded_and_one_that_is_told_of_no_more_is_gone()
    {
        int from = 0;
        _meter.CreateObservableUpDownCounter(
            "db.client.connection.max",
            () => Enumerable.Range(from, 1_500).Select(static number => new Measurement<int>(1, new KeyValuePair<string, object?>("db.client.connection.pool.name", $"{number}"))));
        IEnumerable<string> all = Enumerable.Range(0, 3_000).Select(static number => $"{number}");

        Assert.Equal(1_000, _pools.Sum(all, static found => found.Most));
        from = 500;

        Assert.Equal(500, _pools.Sum(all, static found => found.Most));
    }

    [Fact]
    public void What_the_provider_throws_is_reported_and_other_meters_are_not_read()
    {
        using var other = new Meter("Other");
        other.CreateObservableUpDownCounter("db.client.connection.max", () => new Measurement<int>(7, new KeyValuePair<string, object?>("db.client.connection.pool.name", "a")));
        _meter.CreateObservableUpDownCounter("db.client.connection.max", int () => throw new InvalidOperationException("no"));

        Assert.Equal(double.NaN, _pools.Sum(["a"], static found => found.Most));
        Assert.NotEmpty(_faults);
    }
}
