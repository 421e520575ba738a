using System.Diagnostics;
using System.Globalization;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

public class ExemplarTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Theory]
    [InlineData(12, "0.02", OperationOutcome.Success)]
    [InlineData(20, "0.02", OperationOutcome.Success)]
    [InlineData(21, "0.05", OperationOutcome.Success)]
    [InlineData(1_000_000, "+Inf", OperationOutcome.Success)]
    [InlineData(12, "0.02", OperationOutcome.ServerError)]
    [InlineData(900, "1.0", OperationOutcome.ToolError)]
    public void Exemplar_is_on_the_bucket_that_its_value_belongs_to(int milliseconds, string le, OperationOutcome outcome)
    {
        using var host = new TestHost();

        string id = Call(host, milliseconds, outcome);

        ParsedSample bucket = Assert.Single(Durations(host));
        Assert.Equal(le, bucket.Label("le"));
        Assert.Equal(outcome == OperationOutcome.Success ? "success" : "error", bucket.Label("status"));
        Assert.Equal(milliseconds / 1000.0, bucket.Exemplar!.Value);
        Assert.Equal([("correlation_id", id)], bucket.Exemplar.Labels);
        Assert.Equal(host.Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, bucket.Exemplar.UnixSeconds);
    }

    [Fact]
    public void Text_format_has_none()
    {
        using var host = new TestHost();

        Call(host, 12, OperationOutcome.ServerError);

        Assert.DoesNotContain(" # {", host.Render(), StringComparison.Ordinal);
        Assert.Contains(" # {", host.Render(ExpositionFormat.OpenMetrics), StringComparison.Ordinal);
    }

    [Fact]
    public void Error_has_an_exemplar_of_value_one()
    {
        using var host = new TestHost();

        string id = Call(host, 12, OperationOutcome.ServerError);

        ParsedSample error = Assert.Single(Errors(host));
        Assert.Equal("internal", error.Label("error_type"));
        Assert.Equal("server_error", error.Label("outcome"));
        Assert.Equal(1, error.Exemplar!.Value);
        Assert.Equal([("correlation_id", id)], error.Exemplar.Labels);
    }

    [Fact]
    public void Trace_and_correlation_id_are_both_there_when_they_differ()
    {
        using var host = new TestHost();

        Call(host, 12, OperationOutcome.Success, "ticket-7", Trace);

        Assert.Equal([("trace_id", Trace), ("correlation_id", "ticket-7")], Assert.Single(Durations(host)).Exemplar!.Labels);
    }

    [Theory]
    [InlineData(74, true)]
    [InlineData(75, false)]
    [InlineData(128, false)]
    public void Correlation_id_that_does_not_fit_is_left_out(int length, bool fits)
    {
        using var host = new TestHost();

        Call(host, 12, OperationOutcome.Success, new string('x', length), Trace);

        IReadOnlyList<(string Name, string Value)> labels = Assert.Single(Durations(host)).Exemplar!.Labels;
        Assert.Contains(("trace_id", Trace), labels);
        Assert.Equal(fits, labels.Any(label => label.Name == "correlation_id"));
    }

    [Fact]
    public void Call_whose_correlation_id_does_not_fit_and_that_has_no_trace_has_no_exemplar()
    {
        using var host = new TestHost();

        Call(host, 12, OperationOutcome.Success, new string('x', 75));

        Assert.Empty(Durations(host));
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("a\\")]
    [InlineData("a\nb")]
    [InlineData("заявка 😀")]
    public void Hostile_correlation_id_parses_back(string id)
    {
        using var host = new TestHost();

        Call(host, 12, OperationOutcome.ServerError, id);

        Assert.Equal([("correlation_id", id)], Assert.Single(Durations(host)).Exemplar!.Labels);
        Assert.Equal([("correlation_id", id)], Assert.Single(Errors(host)).Exemplar!.Labels);
    }

    [Theory]
    [InlineData(OperationOutcome.Success)]
    [InlineData(OperationOutcome.ServerError)]
    public void Second_fast_call_within_a_second_leaves_the_exemplar_as_it_is(OperationOutcome outcome)
    {
        using var host = new TestHost();
        string first = Call(host, 12, outcome);

        Call(host, 12, outcome);
        host.Clock.Advance(TimeSpan.FromMilliseconds(960));
        Call(host, 12, outcome);

        Assert.Equal(first, Assert.Single(Durations(host)).Exemplar!.Labels[0].Value);
    }

    [Theory]
    [InlineData(OperationOutcome.Success)]
    [InlineData(OperationOutcome.ServerError)]
    public void Fast_call_after_a_second_replaces_the_exemplar(OperationOutcome outcome)
    {
        using var host = new TestHost();
        Call(host, 12, outcome);
        host.Clock.Advance(TimeSpan.FromMilliseconds(988));

        string second = Call(host, 12, outcome);

        Assert.Equal(second, Assert.Single(Durations(host)).Exemplar!.Labels[0].Value);
    }

    [Theory]
    [InlineData(OperationOutcome.Success)]
    [InlineData(OperationOutcome.ServerError)]
    public void Each_call_slower_than_the_target_is_kept(OperationOutcome outcome)
    {
        using var host = new TestHost();
        Call(host, 12, outcome);

        Call(host, 201, outcome);
        string slow = Call(host, 202, outcome);

        ParsedSample kept = Assert.Single(Durations(host), sample => sample.Label("le") == "0.5");
        Assert.Equal(slow, kept.Exemplar!.Labels[0].Value);
    }

    [Fact]
    public void Call_at_the_target_is_not_slow()
    {
        using var host = new TestHost();
        Call(host, 12, OperationOutcome.Success);

        Call(host, 200, OperationOutcome.Success);

        Assert.Equal("0.02", Assert.Single(Durations(host)).Label("le"));
    }

    [Theory]
    [InlineData(OperationOutcome.Success)]
    [InlineData(OperationOutcome.ServerError)]
    public void Option_turns_all_of_them_off(OperationOutcome outcome)
    {
        using var host = new TestHost(options => options.Prometheus.Exemplars = false);

        Call(host, 900, outcome);

        Assert.Empty(Durations(host));
        Assert.Empty(Errors(host));
    }

    [Fact]
    public void Errors_in_a_storm_share_one_exemplar_a_second()
    {
        using var host = new TestHost();
        string first = Call(host, 0, OperationOutcome.ServerError);
        for (int i = 0; i < 100; i++)
        {
            Call(host, 0, OperationOutcome.ServerError);
        }

        Assert.Equal(first, Assert.Single(Errors(host)).Exemplar!.Labels[0].Value);
        Assert.Equal(101, Assert.Single(Errors(host)).Value);
    }

    private static string Call(TestHost host, int milliseconds, OperationOutcome outcome, string? correlationId = null, string? traceId = null)
    {
        using var activity = new Activity("test");
        if (traceId is not null)
        {
            activity.SetParentId(string.Create(CultureInfo.InvariantCulture, $"00-{traceId}-b7ad6b7169203331-01")).Start();
        }

        Operation operation = host.Services.GetRequiredService<OperationCatalog>().GetOrAdd(OperationType.Tools, "search");
        OperationRecord record = host.Monitor.OpenRequest(operation, call: null, message: null, meta: null, CancellationToken.None, out int version);
        OperationContext context = record.Context;
        if (correlationId is not null)
        {
            context.CorrelationId = correlationId;
        }

        string id = context.CorrelationId;
        host.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        new OperationScope(record, version).End(outcome);
        return id;
    }

    private static IEnumerable<ParsedSample> Durations(TestHost host) => With(host, "mcp_operation_duration_seconds_bucket");

    private static IEnumerable<ParsedSample> Errors(TestHost host) => With(host, "mcp_errors_total");

    private static IEnumerable<ParsedSample> With(TestHost host, string name) =>
        Scrape.Samples(host.Page, ExpositionFormat.OpenMetrics).Where(sample => sample.Name == name && sample.Exemplar is not null);
}
