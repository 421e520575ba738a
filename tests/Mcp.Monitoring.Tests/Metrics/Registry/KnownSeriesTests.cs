using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Metrics.Registry;

public class KnownSeriesTests
{
    [Fact]
    public void Declared_operation_has_every_outcome_at_zero()
    {
        using TestHost host = WithOperation();

        foreach (OperationOutcome outcome in OperationLabels.Outcomes)
        {
            Assert.Equal(0, Only(host, "mcp_operations_total", ("operation", "search"), ("outcome", outcome.Label())));
        }
    }

    [Fact]
    public void Declared_operation_has_every_error_type_at_zero_for_every_error_outcome()
    {
        using TestHost host = WithOperation();

        foreach (OperationOutcome outcome in OperationLabels.ErrorOutcomes)
        {
            foreach (ErrorType type in OperationLabels.ErrorTypes)
            {
                Assert.Equal(0, Only(
                    host, "mcp_errors_total", ("operation", "search"), ("outcome", outcome.Label()), ("error_type", type.Label()), ("dependency", "none")));
            }
        }
    }

    [Theory]
    [InlineData("success")]
    [InlineData("error")]
    public void Declared_operation_has_its_durations_at_zero(string status)
    {
        using TestHost host = WithOperation();

        Assert.Equal(0, Only(host, "mcp_operation_duration_seconds_count", ("operation", "search"), ("status", status)));
        Assert.Equal(0, Only(host, "mcp_operation_duration_seconds_sum", ("operation", "search"), ("status", status)));
    }

    [Fact]
    public void Declared_operation_is_known_and_has_never_succeeded()
    {
        using TestHost host = WithOperation();

        Assert.Equal(1, Only(host, "mcp_operation_info", ("operation", "search"), ("operation_type", "tools"), ("owner", "")));
        Assert.Empty(Family(host, "mcp_operation_last_success_timestamp_seconds").Samples);
    }

    [Fact]
    public void Gauges_of_every_type_of_operation_exist_from_the_start()
    {
        using var host = new TestHost();

        foreach (OperationType type in OperationLabels.Types)
        {
            Assert.Equal(0, Only(host, "mcp_active_requests", ("operation_type", type.Label())));
            Assert.Equal(0, Only(host, "mcp_active_request_age_seconds", ("operation_type", type.Label())));
        }
    }

    [Fact]
    public void Failures_of_every_component_exist_from_the_start()
    {
        using var host = new TestHost();

        Assert.NotEmpty(InternalErrors.Components);
        foreach (string component in InternalErrors.Components)
        {
            Assert.Equal(0, Only(host, "mcp_monitoring_errors_total", ("component", component)));
        }
    }

    [Fact]
    public void Count_of_operations_past_the_cap_exists_from_the_start()
    {
        using var host = new TestHost();

        Assert.Equal(0, Only(host, "mcp_monitoring_limited_series_total", ("metric", "mcp_operations_total")));
    }

    [Fact]
    public void Host_says_what_it_runs_and_since_when()
    {
        using var host = new TestHost(options =>
        {
            options.Environment = "Staging";
            options.Prometheus.ServiceName = "weather";
        });

        Assert.Equal(1, Only(host, "mcp_build_info", ("service", "weather"), ("environment", "Staging")));
        Assert.Equal(host.Clock.Start.ToUnixTimeSeconds(), Only(host, "mcp_start_time_seconds"));
    }

    private static TestHost WithOperation()
    {
        var host = new TestHost();
        host.Services.GetRequiredService<OperationCatalog>().GetOrAdd(OperationType.Tools, "search");
        return host;
    }

    private static ParsedFamily Family(TestHost host, string name) =>
        Assert.Single(ExpositionParser.Parse(host.Render(), ExpositionFormat.Text), family => family.Name == name);

    private static double Only(TestHost host, string name, params (string Name, string Value)[] labels) =>
        Assert.Single(
            ExpositionParser.Parse(host.Render(), ExpositionFormat.Text).SelectMany(family => family.Samples),
            sample => sample.Name == name && labels.All(sample.Labels.Contains)).Value;
}
