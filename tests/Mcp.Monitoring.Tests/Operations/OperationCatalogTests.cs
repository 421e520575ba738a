using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class OperationCatalogTests
{
    [Fact]
    public void Names_past_the_cap_are_other_and_counted()
    {
        using TestHost host = Capped(3);
        foreach (string name in new[] { "a", "b", "c", "d", "e", "d" })
        {
            host.Monitor.Begin(OperationType.Function, name).End(OperationOutcome.Success);
        }

        Assert.Equal(1, Successes(host, "function", "c"));
        Assert.Equal(double.NaN, Successes(host, "function", "d"));
        Assert.Equal(3, Successes(host, "function", "_other"));
        Assert.Equal(3, host.Sample("mcp_monitoring_limited_series_total", ("metric", "mcp_operations_total")));
    }

    [Fact]
    public void Name_is_admitted_once_for_all_types()
    {
        using TestHost host = Capped(1);
        foreach (OperationType type in Enum.GetValues<OperationType>())
        {
            host.Monitor.Begin(type, "a").End(OperationOutcome.Success);

            Assert.Equal(1, Successes(host, type.Label(), "a"));
        }
    }

    [Fact]
    public void Names_of_the_librarys_own_take_no_place_under_the_cap()
    {
        using TestHost host = Capped(1);

        Assert.Equal("_unknown", host.Operation(OperationType.Tools, "_unknown").Name);
        Assert.Equal("_other", host.Operation(OperationType.Tools, "_other").Name);
        Assert.Equal("a", host.Operation(OperationType.Tools, "a").Name);
        Assert.Equal("_other", host.Operation(OperationType.Tools, "b").Name);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(200, false)]
    [InlineData(201, true)]
    [InlineData(100_000, true)]
    public void Name_that_is_too_long_is_other_and_counted(int length, bool isOther)
    {
        using TestHost host = Capped(1000);
        string name = new('x', length);

        Assert.Equal(isOther ? "_other" : name, host.Operation(OperationType.Function, name).Name);
        Assert.Equal(isOther ? 1 : 0, host.Sum("mcp_monitoring_limited_series_total"));
    }

    [Fact]
    public void Operation_is_the_same_object_every_time()
    {
        using TestHost host = Capped(1);

        Assert.Same(host.Operation(OperationType.Tools, "a"), host.Operation(OperationType.Tools, "a"));
        Assert.Same(host.Operation(OperationType.Tools, "b"), host.Operation(OperationType.Tools, "c"));
        Assert.NotSame(host.Operation(OperationType.Tools, "a"), host.Operation(OperationType.Prompts, "a"));
    }

    [Fact]
    public void Threads_that_bring_names_at_once_keep_to_the_cap()
    {
        using TestHost host = Capped(100);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                host.Monitor.Begin(OperationType.Function, $"name {i}").End(OperationOutcome.Success);
            }
        });

        Assert.Equal(8_000, host.Sum("mcp_operations_total"));
        Assert.Equal(101, host.Registry.Operations.All.Length);
    }

    private static TestHost Capped(int cap) => new(options => options.Prometheus.SeriesCap = cap);

    private static double Successes(TestHost host, string type, string operation) =>
        host.Sample("mcp_operations_total", ("operation_type", type), ("operation", operation), ("outcome", "success"));
}
