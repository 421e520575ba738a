using System.Reflection;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class ErrorMappingTests
{
    [Fact]
    public void Mapping_of_the_host_wins_over_the_librarys_list()
    {
        using var host = new TestHost(options => options.Errors.Map<TimeoutException>(ErrorType.Integration, OperationOutcome.ToolError));

        Assert.Equal(new ErrorClassification(ErrorType.Integration, OperationOutcome.ToolError), host.Monitor.Classify(new TimeoutException()));
    }

    [Fact]
    public void Mapping_of_the_host_wins_over_what_is_known_of_the_protocol()
    {
        using var host = new TestHost(options => options.Errors.Map<McpException>(ErrorType.Transport));

        Assert.Equal(new ErrorClassification(ErrorType.Transport, OperationOutcome.ServerError), host.Monitor.Classify(new McpException("x")));
    }

    [Fact]
    public void First_mapping_that_fits_decides()
    {
        using var host = new TestHost(options => options.Errors
            .Map<FileNotFoundException>(ErrorType.Validation, OperationOutcome.ClientError)
            .Map<IOException>(ErrorType.Transport)
            .Map<EndOfStreamException>(ErrorType.Auth));

        Assert.Equal(ErrorType.Validation, host.Monitor.Classify(new FileNotFoundException()).Type);
        Assert.Equal(ErrorType.Transport, host.Monitor.Classify(new EndOfStreamException()).Type);
    }

    [Fact]
    public void Registered_mapping_is_asked_after_those_of_the_options()
    {
        var registered = new Mapping(_ => new ErrorClassification(ErrorType.Auth, OperationOutcome.ServerError));
        using var host = new TestHost(
            options => options.Errors.Map<TimeoutException>(ErrorType.Transport), services => services.AddSingleton<IErrorMapping>(registered));

        Assert.Equal(ErrorType.Transport, host.Monitor.Classify(new TimeoutException()).Type);
        Assert.Equal(ErrorType.Auth, host.Monitor.Classify(new InvalidOperationException()).Type);
    }

    [Fact]
    public void Mapping_that_is_registered_after_monitoring_still_wins_over_what_is_known_of_the_protocol()
    {
        var services = new ServiceCollection();
        services.AddMcpMonitoring();
        services.AddSingleton<IErrorMapping>(new Mapping(_ => new ErrorClassification(ErrorType.Auth, OperationOutcome.ServerError)));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(ErrorType.Auth, provider.GetRequiredService<OperationMonitor>().Classify(new McpException("x")).Type);
    }

    [Fact]
    public void Mapping_is_given_the_exception_without_its_wrappers()
    {
        Exception? given = null;
        using var host = new TestHost(add: services => services.AddSingleton<IErrorMapping>(new Mapping(exception =>
        {
            given = exception;
            return null;
        })));
        var cause = new InvalidOperationException();

        host.Monitor.Classify(new AggregateException(new TargetInvocationException(cause)));

        Assert.Same(cause, given);
    }

    [Fact]
    public void Mapping_of_several_exceptions_as_a_whole_wins_over_what_is_in_them()
    {
        using var host = new TestHost(options => options.Errors.Map<AggregateException>(ErrorType.Auth, OperationOutcome.ToolError));

        Assert.Equal(
            new ErrorClassification(ErrorType.Auth, OperationOutcome.ToolError),
            host.Monitor.Classify(new AggregateException(new TimeoutException(), new DatabaseException())));
        Assert.Equal(ErrorType.Timeout, host.Monitor.Classify(new AggregateException(new TimeoutException())).Type);
    }

    [Fact]
    public void Mapping_is_asked_for_each_of_several_exceptions_up_to_a_hundred()
    {
        int asked = 0;
        using var host = new TestHost(add: services => services.AddSingleton<IErrorMapping>(new Mapping(exception =>
        {
            asked += exception is AggregateException ? 0 : 1;
            return exception is AggregateException ? null : new ErrorClassification(ErrorType.Validation, OperationOutcome.ClientError);
        })));

        host.Monitor.Classify(new AggregateException(new TimeoutException(), new DatabaseException(), new TimeoutException()));
        Assert.Equal(3, asked);

        host.Monitor.Classify(ExceptionShapes.Wide(10_000));
        Assert.Equal(103, asked);
    }

    [Fact]
    public void Mapping_that_throws_is_counted_and_the_next_is_asked()
    {
        using var host = new TestHost(add: services =>
        {
            services.AddSingleton<IErrorMapping>(new Mapping(_ => throw new InvalidOperationException()));
            services.AddSingleton<IErrorMapping>(new Mapping(_ => new ErrorClassification(ErrorType.Auth, OperationOutcome.ClientError)));
        });

        Assert.Equal(ErrorType.Auth, host.Monitor.Classify(new TimeoutException()).Type);
        Assert.Equal(1, host.Sample("mcp_monitoring_errors_total", ("component", "error_mapping")));
    }

    [Theory]
    [InlineData(OperationOutcome.Success, false)]
    [InlineData(OperationOutcome.ToolError, true)]
    [InlineData(OperationOutcome.ClientError, true)]
    [InlineData(OperationOutcome.ServerError, true)]
    [InlineData(OperationOutcome.Cancelled, true)]
    [InlineData(OperationOutcome.InputRequired, true)]
    public void Exception_can_mean_everything_but_success(OperationOutcome outcome, bool isAccepted)
    {
        var options = new ErrorOptions();

        if (isAccepted)
        {
            Assert.Same(options, options.Map<TimeoutException>(ErrorType.Timeout, outcome));
        }
        else
        {
            Assert.Throws<ArgumentException>(() => options.Map<TimeoutException>(ErrorType.Timeout, outcome));
        }
    }

    [Theory]
    [InlineData(OperationOutcome.Cancelled, 0)]
    [InlineData(OperationOutcome.InputRequired, 0)]
    [InlineData(OperationOutcome.ClientError, 1)]
    public async Task Exception_that_is_mapped_to_no_error_is_not_counted_as_one(OperationOutcome outcome, int errors)
    {
        using var host = new TestHost(options => options.Errors.Map<TimeoutException>(ErrorType.Timeout, outcome));

        await Assert.ThrowsAsync<TimeoutException>(
            () => host.Monitor.RunAsync(OperationType.Function, "f", _ => throw new TimeoutException(), TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(1, host.Sum("mcp_operations_total", ("operation", "f"), ("outcome", outcome.Label())));
        Assert.Equal(errors, host.Sum("mcp_errors_total"));
    }

    private sealed class Mapping(Func<Exception, ErrorClassification?> map) : IErrorMapping
    {
        public bool TryMap(Exception exception, out ErrorClassification classification)
        {
            ErrorClassification? mapped = map(exception);
            classification = mapped.GetValueOrDefault();
            return mapped is not null;
        }
    }
}
