using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

public class MeterPublisherTests
{
    private const string ServerDuration = "mcp.server.operation.duration";
    private const string OperationDuration = "mcp.operation_duration";

    [Theory]
    [InlineData(OperationType.Tools, "tools/call", "gen_ai.operation.name=execute_tool gen_ai.tool.name=search ")]
    [InlineData(OperationType.Prompts, "prompts/get", "gen_ai.prompt.name=search ")]
    [InlineData(OperationType.Resources, "resources/read", "")]
    [InlineData(OperationType.Completion, "completion/complete", "")]
    [InlineData(OperationType.Protocol, "ping", "")]
    public void Request_has_the_attributes_of_the_convention_and_no_others(OperationType type, string method, string own)
    {
        using var host = new TestHost();
        using var listener = new Listener(host);

        Request(host, OperationOutcome.Success, type: type, method: method);

        Measured measured = Assert.Single(listener.Of(ServerDuration));
        Assert.Equal($"{own}mcp.method.name={method} mcp.protocol.version=2026-07-28 network.transport=tcp", Tags(measured));
        Assert.Equal(0.25, measured.Value);
    }

    [Theory]
    [InlineData(OperationOutcome.Success, null, null, null)]
    [InlineData(OperationOutcome.ClientError, "-32602", "boom", null)]
    [InlineData(OperationOutcome.Cancelled, null, "boom", null)]
    [InlineData(OperationOutcome.InputRequired, null, null, null)]
    [InlineData(OperationOutcome.ToolError, null, null, "tool_error")]
    [InlineData(OperationOutcome.ToolError, null, "boom", "tool_error")]
    [InlineData(OperationOutcome.ServerError, "-32603", "boom", "-32603")]
    [InlineData(OperationOutcome.ServerError, null, "boom", "System.InvalidOperationException")]
    [InlineData(OperationOutcome.ServerError, null, null, "_OTHER")]
    [InlineData(OperationOutcome.ServerError, null, "timeout", "timeout")]
    [InlineData(OperationOutcome.ServerError, "-32603", "timeout", "timeout")]
    public void Error_type_is_there_for_errors_of_the_server_only(OperationOutcome outcome, string? status, string? exception, string? errorType)
    {
        using var host = new TestHost();
        using var listener = new Listener(host);

        Request(host, outcome, status: status, exception: exception switch
        {
            null => null,
            "timeout" => new TimeoutException(),
            _ => new InvalidOperationException(exception),
        });

        IReadOnlyDictionary<string, object?> tags = Assert.Single(listener.Of(ServerDuration)).Tags;
        Assert.Equal(errorType, tags.GetValueOrDefault("error.type"));
        Assert.Equal(status, tags.GetValueOrDefault("rpc.response.status_code"));
        Assert.Equal(errorType is not null, tags.ContainsKey("error.type"));
        Assert.Equal(status is not null, tags.ContainsKey("rpc.response.status_code"));
    }

    [Fact]
    public void Work_of_the_host_is_no_request()
    {
        using var host = new TestHost();
        using var listener = new Listener(host);

        host.Monitor.Begin(OperationType.Function, "import").End(OperationOutcome.Success);

        Assert.Empty(listener.Of(ServerDuration));
        Assert.Equal("operation=import operation_type=function status=success", Tags(Assert.Single(listener.Of(OperationDuration))));
    }

    [Theory]
    [InlineData(OperationOutcome.Success, "success")]
    [InlineData(OperationOutcome.ToolError, "error")]
    [InlineData(OperationOutcome.ServerError, "error")]
    [InlineData(OperationOutcome.ClientError, null)]
    [InlineData(OperationOutcome.Cancelled, null)]
    [InlineData(OperationOutcome.InputRequired, null)]
    public void Duration_of_an_operation_is_recorded_where_the_registry_has_one(OperationOutcome outcome, string? status)
    {
        using var host = new TestHost();
        using var listener = new Listener(host);

        Request(host, outcome);

        Measured? measured = listener.Of(OperationDuration).SingleOrDefault();
        Assert.Equal(status, measured?.Tags["status"]);
        Assert.Equal(status is null ? 0 : 1, host.Sum("mcp_operation_duration_seconds_count"));
        Assert.Equal(host.Sum("mcp_operation_duration_seconds_sum"), measured?.Value ?? 0);
    }

    [Fact]
    public void Nobody_listens_to_a_host_that_has_no_listener()
    {
        using var host = new TestHost();
        using var other = new TestHost();
        using var listener = new Listener(other);

        Request(host, OperationOutcome.Success);

        Assert.False(host.Services.GetRequiredService<MeterPublisher>().IsListenedTo);
        Assert.True(other.Services.GetRequiredService<MeterPublisher>().IsListenedTo);
        Assert.Empty(listener.All);
    }

    [Fact]
    public void Listener_of_counters_alone_makes_nobody_record_durations()
    {
        using var host = new TestHost();
        using var listener = new Listener(host, instrument => instrument is ObservableInstrument<long>);

        Request(host, OperationOutcome.Success);

        Assert.False(host.Services.GetRequiredService<MeterPublisher>().IsListenedTo);
        Assert.Empty(listener.All);
    }

    [Fact]
    public void Recording_stops_with_the_listener()
    {
        using var host = new TestHost();
        var listener = new Listener(host);
        listener.Dispose();

        Request(host, OperationOutcome.Success);

        Assert.False(host.Services.GetRequiredService<MeterPublisher>().IsListenedTo);
        Assert.Empty(listener.All);
    }

    [Theory]
    [InlineData(ServerDuration)]
    [InlineData(OperationDuration)]
    public void Either_duration_can_be_listened_to_without_the_other(string name)
    {
        using var host = new TestHost();
        using var listener = new Listener(host, instrument => instrument.Name == name);

        Request(host, OperationOutcome.Success);

        Assert.Equal(name, Assert.Single(listener.All).Instrument);
    }

    [Fact]
    public void Hosts_do_not_see_each_other()
    {
        using var one = new TestHost();
        using var two = new TestHost();
        using var first = new Listener(one);
        using var second = new Listener(two);

        Request(one, OperationOutcome.Success);
        second.Observe();

        Assert.Single(first.Of(ServerDuration));
        Assert.Empty(second.Of(ServerDuration));
        Assert.Empty(second.Of("mcp.operations"));
    }

    [Fact]
    public void What_is_observed_is_what_is_scraped()
    {
        using var host = new TestHost(options => options.Prometheus.ServiceLabel = false);
        using var listener = new Listener(host);
        foreach (OperationOutcome outcome in OperationLabels.Outcomes)
        {
            Request(host, outcome);
        }

        host.Monitor.RecordError(ErrorType.Integration, "search");
        OperationScope open = host.Monitor.Begin(OperationType.Tools, "still_open");
        host.Clock.Advance(TimeSpan.FromSeconds(3));

        listener.Observe();

        Dictionary<string, MetricDefinition> byMeterName = typeof(MetricNames).GetFields()
            .Select(field => (MetricDefinition)field.GetValue(null)!).ToDictionary(definition => definition.MeterName, StringComparer.Ordinal);
        SortedDictionary<string, double> observed = new(
            listener.All.Where(measured => byMeterName.TryGetValue(measured.Instrument, out MetricDefinition? definition) && definition.Kind != MetricKind.Histogram)
                .ToDictionary(
                    measured => byMeterName[measured.Instrument].Name + ParsedSample.KeyOf(measured.Tags.Select(tag => (tag.Key, (string)tag.Value!))),
                    measured => Math.Round(measured.Value, 3),
                    StringComparer.Ordinal),
            StringComparer.Ordinal);
        SortedDictionary<string, double> scraped = new(
            Scrape.Families(host.Page, ExpositionFormat.Text).Where(family => family.Kind != MetricKind.Histogram)
                .SelectMany(family => family.Samples).ToDictionary(sample => sample.Series, sample => sample.Value, StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal(scraped, observed);
        Assert.True(observed.Count > 40);
        open.End(OperationOutcome.Success);
    }

    [Fact]
    public void Family_declared_later_is_published_too()
    {
        using var host = new TestHost();
        using var listener = new Listener(host);

        host.Registry.Counter(new MetricDefinition("mcp_test_seconds_total", MetricKind.Counter, "A test.", "kind")).With("x").Increment();
        listener.Observe();

        Measured measured = Assert.Single(listener.Of("mcp.test"));
        Assert.Equal(1, measured.Value);
        Assert.Equal("kind=x", Tags(measured));
        Assert.Equal("s", Assert.Single(listener.Instruments, instrument => instrument.Name == "mcp.test").Unit);
    }

    [Fact]
    public void Every_instrument_is_published_once()
    {
        using var host = new TestHost();
        using var listener = new Listener(host);

        string[] names = [.. listener.Instruments.Select(instrument => instrument.Name)];

        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("mcp.errors", names, StringComparer.Ordinal);
    }

    [Fact]
    public void Histograms_advise_their_buckets()
    {
        using var host = new TestHost(options => options.Thresholds.ResponseTimeAlertMs = 700);
        using var listener = new Listener(host);

        Assert.Equal([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300], Bounds(ServerDuration));
        Assert.Equal([0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.7, 1, 2, 5, 10, 30, 60, 120, 300], Bounds(OperationDuration));

        IReadOnlyList<double>? Bounds(string name) =>
            ((Histogram<double>)listener.Instruments.Single(instrument => instrument.Name == name)).Advice?.HistogramBucketBoundaries;
    }

    private static void Request(
        TestHost host,
        OperationOutcome outcome,
        OperationType type = OperationType.Tools,
        string method = "tools/call",
        string? status = null,
        Exception? exception = null)
    {
        Operation operation = host.Services.GetRequiredService<OperationCatalog>().GetOrAdd(type, "search");
        OperationRecord record = host.Monitor.OpenRequest(operation, call: null, message: null, meta: null, CancellationToken.None, out int version);
        record.Call = new UncountedCall { Method = method, ProtocolVersion = "2026-07-28", Client = "_other", Transport = "tcp", Session = "stateless", };
        record.StatusCode = status;
        host.Clock.Advance(TimeSpan.FromMilliseconds(250));
        if (exception is null)
        {
            record.End(version, outcome);
        }
        else
        {
            record.Fail(version, new ErrorClassification(exception is TimeoutException ? ErrorType.Timeout : ErrorType.Internal, outcome), exception);
        }

        OperationContext.LeaveEnded();
    }

    private static string Tags(Measured measured) =>
        string.Join(' ', measured.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));

    private sealed class UncountedCall : ProtocolCall
    {
        public override void Count(OperationOutcome outcome)
        {
        }

        public override RequestDetails DetailsOf(object message) => throw new NotSupportedException();
    }
}
