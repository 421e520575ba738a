using System.Diagnostics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Metrics.Exposition;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class RecordedErrorTests : IDisposable
{
    private readonly TestHost _host = new();

    public static TheoryData<ErrorType> Types => [.. Enum.GetValues<ErrorType>()];

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void Error_outside_an_operation_counts_under_the_name_it_is_given(ErrorType type)
    {
        _host.Monitor.RecordError(type, "import", correlationId: "c-1");

        Assert.Equal(1, Errors(type, "function", "import"));
        Assert.Equal(1, _host.Sum("mcp_errors_total"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Exception_outside_an_operation_counts_under_the_name_it_is_given(ErrorType type)
    {
        _host.Monitor.RecordError(type, "import", new InvalidOperationException());

        Assert.Equal(1, Errors(type, "function", "import"));
        Assert.Equal(1, _host.Sum("mcp_errors_total"));
    }

    [Fact]
    public void Error_outside_an_operation_counts_under_the_type_that_its_operation_has()
    {
        _host.Monitor.Begin(OperationType.Tools, "get_weather").End(OperationOutcome.Success);

        _host.Monitor.RecordError(ErrorType.Internal, "get_weather");

        Assert.Equal(1, Errors(ErrorType.Internal, "tools", "get_weather"));
    }

    [Fact]
    public void Error_inside_an_operation_counts_under_the_labels_of_the_root()
    {
        OperationScope root = _host.Monitor.Begin(OperationType.Tools, "get_weather");
        OperationScope nested = _host.Monitor.Begin(OperationType.Function, "query");

        _host.Monitor.RecordError(ErrorType.Integration, "cache");

        Assert.Equal(1, Errors(ErrorType.Integration, "tools", "get_weather"));
        Assert.Equal(1, _host.Sum("mcp_errors_total"));
        nested.End(OperationOutcome.Success);
        root.End(OperationOutcome.Success);
    }

    [Fact]
    public void Errors_without_an_exception_count_each()
    {
        OperationScope root = _host.Monitor.Begin(OperationType.Tools, "get_weather");
        _host.Monitor.RecordError(ErrorType.Integration, "cache");
        _host.Monitor.RecordError(ErrorType.Integration, "cache");
        root.End(OperationOutcome.Success);

        Assert.Equal(2, _host.Sum("mcp_errors_total"));
    }

    [Fact]
    public void Error_is_counted_by_the_host_that_was_told_also_inside_an_operation_of_another_host()
    {
        using var other = new TestHost();
        OperationScope scope = other.Monitor.Begin(OperationType.Tools, "get_weather");

        _host.Monitor.RecordError(ErrorType.Internal, "import");
        _host.Monitor.RecordError(ErrorType.Internal, "import", new InvalidOperationException());
        scope.End(OperationOutcome.Success);

        Assert.Equal(2, _host.Sum("mcp_errors_total", ("operation", "import")));
        Assert.Equal(0, other.Sum("mcp_errors_total"));
    }

    public static TheoryData<string> WaysToSayItAgain => ["recorded twice", "recorded in a wrapper", "run that fails", "run that fails, nested", "scope that fails", "run that fails and is recorded in a wrapper"];

    [Theory]
    [MemberData(nameof(WaysToSayItAgain))]
    public async Task Failure_outside_of_any_request_counts_once(string way)
    {
        var failure = new InvalidOperationException("no");
        switch (way)
        {
            case "recorded twice":
            case "recorded in a wrapper":
                _host.Monitor.RecordError(ErrorType.Internal, "import", failure);
                break;
            case "scope that fails":
                OperationScope scope = _host.Monitor.Begin(OperationType.Function, "import");
                scope.Fail(failure);
                break;
            case "run that fails, nested":
                await Assert.ThrowsAsync<InvalidOperationException>(async () => await RunAsync("import", async _ => await RunAsync("page", async _ =>
                {
                    await Task.Yield();
                    throw failure;
                })));
                break;
            default:
                await Assert.ThrowsAsync<InvalidOperationException>(async () => await RunAsync("import", _ => throw failure));
                break;
        }

        Exception again = way.Contains("wrapper", StringComparison.Ordinal) ? new InvalidOperationException("import failed", failure) : failure;
        _host.Monitor.RecordError(ErrorType.Internal, "import", again);
        _host.Monitor.RecordError(ErrorType.Internal, "import", again);

        Assert.Equal(1, _host.Sum("mcp_errors_total"));

        ValueTask RunAsync(string name, Func<CancellationToken, ValueTask> work) =>
            _host.Monitor.RunAsync(OperationType.Function, name, work, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Cached_exception_counts_in_each_operation_that_fails_by_it()
    {
        var cached = new InvalidOperationException("no");
        for (int i = 0; i < 3; i++)
        {
            OperationScope scope = _host.Monitor.Begin(OperationType.Tools, "get_weather");
            _host.Monitor.RecordError(ErrorType.Internal, "get_weather", cached);
            scope.Fail(cached);
        }

        Assert.Equal(3, _host.Sum("mcp_errors_total"));
    }

    [Fact]
    public void Recorded_exception_must_be_one() =>
        Assert.Throws<ArgumentNullException>(() => _host.Monitor.RecordError(ErrorType.Internal, "import", exception: null!));

    [Theory]
    [InlineData("c-1")]
    [InlineData("A.b_C-9")]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e4736")]
    public void Error_outside_an_operation_has_the_id_it_is_given_as_its_exemplar(string id)
    {
        Activity.Current = null;

        _host.Monitor.RecordError(ErrorType.Internal, "import", id);

        Assert.Equal([("correlation_id", id)], Assert.Single(Exemplars()).Labels);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" c-1")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("a\"} 1 # {b=\"c")]
    [InlineData("<script>")]
    [InlineData("заявка")]
    public void Invalid_id_is_no_exemplar_and_the_error_counts_all_the_same(string? id)
    {
        Activity.Current = null;

        _host.Monitor.RecordError(ErrorType.Internal, "import", id);

        Assert.Empty(Exemplars());
        Assert.Equal(1, Errors(ErrorType.Internal, "function", "import"));
    }

    [Theory]
    [InlineData(74, 1)]
    [InlineData(75, 0)]
    [InlineData(128, 0)]
    public void Id_longer_than_an_exemplar_may_be_is_left_out_of_it(int length, int exemplars)
    {
        Activity.Current = null;

        _host.Monitor.RecordError(ErrorType.Internal, "import", new string('x', length));

        Assert.Equal(exemplars, Exemplars().Count);
        Assert.Equal(1, Errors(ErrorType.Internal, "function", "import"));
    }

    [Fact]
    public void Error_inside_an_activity_has_its_trace_beside_the_id()
    {
        Activity.Current = null;
        using Activity activity = new Activity("import").SetIdFormat(ActivityIdFormat.W3C).Start();

        _host.Monitor.RecordError(ErrorType.Internal, "import", "c-1");

        Assert.Equal([("trace_id", activity.TraceId.ToHexString()), ("correlation_id", "c-1")], Assert.Single(Exemplars()).Labels);
    }

    [Fact]
    public void Error_inside_an_operation_has_the_id_of_the_operation()
    {
        Activity.Current = null;
        OperationScope scope = _host.Monitor.Begin(OperationType.Tools, "get_weather");
        string? id = _host.Monitor.CorrelationId;

        _host.Monitor.RecordError(ErrorType.Internal, "import", "c-1");
        scope.End(OperationOutcome.Success);

        Assert.Equal([("correlation_id", id!)], Assert.Single(Exemplars()).Labels);
    }

    private IReadOnlyList<ParsedExemplar> Exemplars() =>
    [
        .. ExpositionParser.Parse(_host.Render(ExpositionFormat.OpenMetrics), ExpositionFormat.OpenMetrics)
            .SelectMany(family => family.Samples)
            .Where(sample => sample.Name == "mcp_errors_total" && sample.Exemplar is not null)
            .Select(sample => sample.Exemplar!),
    ];

    private double Errors(ErrorType type, string operationType, string operation) => _host.Sample(
        "mcp_errors_total",
        ("error_type", type.Label()), ("outcome", type.DefaultOutcome().Label()), ("operation_type", operationType), ("operation", operation), ("dependency", "none"));
}
