using System.Reflection;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Tests.Metrics;

public partial class MetricDefinitionTests
{
    public static TheoryData<string> Names() => [.. All().Select(definition => definition.Name)];

    [Fact]
    public void Catalogue_is_not_empty_and_names_each_metric_once()
    {
        Assert.True(All().Count >= 17);
        Assert.Equal(All().Count, All().Select(definition => definition.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(All().Count, All().Select(definition => definition.MeterName).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_of_the_meter_translates_back_to_the_name(string name)
    {
        MetricDefinition definition = Find(name);

        Assert.Equal(name, Translate(definition));
    }

    [Theory]
    [InlineData("mcp_operations_total", "mcp.operations", null)]
    [InlineData("mcp_operation_duration_seconds", "mcp.operation_duration", "s")]
    [InlineData("mcp_active_requests", "mcp.active_requests", null)]
    [InlineData("mcp_start_time_seconds", "mcp.start_time", "s")]
    public void Meter_has_the_name_without_unit_and_total(string name, string meterName, string? unit)
    {
        MetricDefinition definition = Find(name);

        Assert.Equal(meterName, definition.MeterName);
        Assert.Equal(unit, definition.MeterUnit);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_is_one_that_linters_of_metrics_accept(string name)
    {
        MetricDefinition definition = Find(name);

        Assert.Matches(Snake(), name);
        Assert.StartsWith("mcp_", name, StringComparison.Ordinal);
        Assert.Equal(definition.Kind == MetricKind.Counter, name.EndsWith("_total", StringComparison.Ordinal));
        Assert.DoesNotMatch("_(bucket|count|sum|created)$", name);
        Assert.DoesNotMatch("_(milliseconds|ms|minutes|hours|kilobytes|percent|counter|gauge|histogram)(_|$)", name);
        Assert.NotEmpty(definition.Help);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_does_not_begin_as_those_of_the_OpenTelemetry_convention(string name)
    {
        Assert.DoesNotMatch("^mcp_(server|client)_", name);
        Assert.DoesNotMatch(@"^mcp\.(server|client)\.", Find(name).MeterName);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Unit_is_seconds_where_the_name_says_so_and_only_there(string name)
    {
        MetricDefinition definition = Find(name);

        Assert.Equal(name.Contains("_seconds", StringComparison.Ordinal) ? "seconds" : null, definition.Unit);
        Assert.True(definition.Kind != MetricKind.Histogram || definition.Unit == "seconds");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Labels_are_distinct_and_leave_alone_what_belongs_to_others(string name)
    {
        string[] labels = Find(name).Labels;

        Assert.Equal(labels.Length, labels.Distinct(StringComparer.Ordinal).Count());
        Assert.All(labels, label => Assert.Matches(Snake(), label));
        Assert.Empty(labels.Intersect(["le", "quantile", "job", "instance", "mcp_service"], StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Prefix_takes_the_place_of_mcp(string name)
    {
        Assert.Equal("shop_weather" + name["mcp".Length..], Find(name).NameWith("shop_weather"));
    }

    private static List<MetricDefinition> All() =>
    [
        .. typeof(MetricNames).GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(MetricDefinition))
            .Select(field => (MetricDefinition)field.GetValue(null)!),
    ];

    private static MetricDefinition Find(string name) => Assert.Single(All(), definition => definition.Name == name);

    // How OpenTelemetry's Prometheus exporters make names: points to underscores, then the unit, then _total for counters.
    private static string Translate(MetricDefinition definition)
    {
        string name = definition.MeterName.Replace('.', '_');
        if (definition.MeterUnit is "s")
        {
            name += "_seconds";
        }

        return definition.Kind == MetricKind.Counter ? name + "_total" : name;
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Snake();
}
