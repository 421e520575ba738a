namespace Mcp.Monitoring.Tests.Operations;

public sealed class MonitorMcpOperationAttributeTests
{
    [Fact]
    public void Without_attributes_there_is_nothing_to_merge() => Assert.Null(MonitorMcpOperationAttribute.Merge([]));

    [Fact]
    public void What_the_method_sets_wins_property_by_property()
    {
        var ofClass = new MonitorMcpOperationAttribute("tools", "class") { Owner = "team", Runbook = "https://example.com/class", LatencyTargetMs = 100, Availability = 0.9 };
        var ofMethod = new MonitorMcpOperationAttribute("prompts", "method") { Owner = "other", LatencyTargetMs = 300 };

        MonitorMcpOperationAttribute merged = MonitorMcpOperationAttribute.Merge([ofClass, ofMethod])!;

        Assert.Equal(("prompts", "method", "other", "https://example.com/class"), (merged.Type, merged.Name, merged.Owner, merged.Runbook));
        Assert.Equal((300, 0.9), (merged.LatencyTargetMs, merged.Availability));
    }

    [Fact]
    public void Method_that_sets_nothing_keeps_what_the_class_says()
    {
        var ofClass = new MonitorMcpOperationAttribute("tools", "class") { Ignore = true, Owner = "team" };

        MonitorMcpOperationAttribute merged = MonitorMcpOperationAttribute.Merge([ofClass, new MonitorMcpOperationAttribute()])!;

        Assert.Equal(("tools", "class", "team", true), (merged.Type, merged.Name, merged.Owner, merged.Ignore));
    }

    [Fact]
    public void Method_can_be_monitored_in_a_class_that_is_ignored()
    {
        MonitorMcpOperationAttribute merged = MonitorMcpOperationAttribute.Merge(
            [new MonitorMcpOperationAttribute { Ignore = true }, new MonitorMcpOperationAttribute { Ignore = false }])!;

        Assert.False(merged.Ignore);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(double.NaN, null)]
    [InlineData(0.5, 0.5)]
    [InlineData(3_600_000, 3_600_000.0)]
    [InlineData(3_600_001, null)]
    [InlineData(double.PositiveInfinity, null)]
    public void Latency_target_is_one_only_if_it_is_a_time(double set, double? target) =>
        Assert.Equal(target, new MonitorMcpOperationAttribute { LatencyTargetMs = set }.Traits.LatencyTargetMs);

    [Theory]
    [InlineData(-0.1, null)]
    [InlineData(0, null)]
    [InlineData(0.995, 0.995)]
    [InlineData(1, 1.0)]
    [InlineData(1.01, null)]
    public void Availability_is_one_only_if_it_is_a_share(double set, double? availability) =>
        Assert.Equal(availability, new MonitorMcpOperationAttribute { Availability = set }.Traits.Availability);
}
