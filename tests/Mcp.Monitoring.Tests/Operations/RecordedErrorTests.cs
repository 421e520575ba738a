using Mcp.Monitoring.Operations;

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

    [Fact]
    public void Recorded_exception_must_be_one() =>
        Assert.Throws<ArgumentNullException>(() => _host.Monitor.RecordError(ErrorType.Internal, "import", exception: null!));

    private double Errors(ErrorType type, string operationType, string operation) => _host.Sample(
        "mcp_errors_total",
        ("error_type", type.Label()), ("outcome", type.DefaultOutcome().Label()), ("operation_type", operationType), ("operation", operation), ("dependency", "none"));
}
