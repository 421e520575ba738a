using Microsoft.Extensions.DependencyInjection;
using static Mcp.Monitoring.OperationOutcome;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies;

/// <summary>An operation that fails because of a dependency says which.</summary>
public sealed class DependencyErrorsTests : IDisposable
{
    private readonly TestHost _host = new();

    private IMcpIntegration OneC => _host.Services.GetRequiredService<IMcpDependencies>().Integration("1c");

    private IMcpIntegration Orders => _host.Services.GetRequiredService<IMcpDependencies>().Integration("orders");

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Exception_of_a_call_names_its_dependency_also_inside_another()
    {
        await FailAsync(() => CallAsync(OneC, new TimeoutException()));
        await FailAsync(async () =>
        {
            try
            {
                await CallAsync(OneC, new HttpRequestException("refused"));
            }
            catch (HttpRequestException inner)
            {
                throw new InvalidOperationException("The order could not be read.", inner);
            }
        });

        Assert.Equal(1, Errors("timeout", "1c"));
        Assert.Equal(1, Errors("internal", "1c"));
        Assert.Equal(2, _host.Sum("mcp_errors_total", ("operation", "get_order")));
    }

    [Fact]
    public async Task Error_of_another_kind_than_calls_have_is_nobodys_but_the_tools()
    {
        await FailAsync(async () =>
        {
            await SwallowAsync(OneC, new TimeoutException());
            throw new InvalidOperationException("A bug.");
        });

        Assert.Equal(1, Errors("internal", "none"));
    }

    [Fact]
    public async Task Exception_that_code_makes_of_a_failed_answer_has_the_kind_of_the_answer()
    {
        await FailAsync(async () =>
        {
            await SwallowAsync(OneC, new System.Security.Authentication.AuthenticationException());
            throw new HttpRequestException("Response status code does not indicate success: 401.");
        });

        Assert.Equal(1, Errors("auth", "1c"));
    }

    [Fact]
    public async Task Answer_that_explains_the_failure_of_a_dependency_is_a_failure_of_it()
    {
        using (OperationScope scope = _host.Monitor.Begin(OperationType.Tools, "get_order"))
        {
            await SwallowAsync(OneC, new TimeoutException());
            scope.End(ToolError);
        }

        Assert.Equal(1, Errors("timeout", "1c"));
        Assert.Equal(1, _host.Sample("mcp_operations_total", ("operation_type", "tools"), ("operation", "get_order"), ("outcome", "server_error")));
        Assert.Equal(0, _host.Sample("mcp_operations_total", ("operation_type", "tools"), ("operation", "get_order"), ("outcome", "tool_error")));
    }

    [Fact]
    public async Task Answer_after_a_call_that_succeeded_at_last_is_the_tools_own()
    {
        using (OperationScope scope = _host.Monitor.Begin(OperationType.Tools, "get_order"))
        {
            await SwallowAsync(OneC, new TimeoutException());
            await OneC.RunAsync("get", _ => ValueTask.CompletedTask, CancellationToken.None);
            scope.End(ToolError);
        }

        Assert.Equal(1, _host.Sample("mcp_operations_total", ("operation_type", "tools"), ("operation", "get_order"), ("outcome", "tool_error")));
    }

    [Fact]
    public async Task Success_of_another_dependency_forgives_nothing()
    {
        using (OperationScope scope = _host.Monitor.Begin(OperationType.Tools, "get_order"))
        {
            await SwallowAsync(OneC, new TimeoutException());
            await Orders.RunAsync("select", _ => ValueTask.CompletedTask, CancellationToken.None);
            scope.End(ToolError);
        }

        Assert.Equal(1, Errors("timeout", "1c"));
    }

    [Fact]
    public async Task Tool_that_does_without_the_dependency_succeeds()
    {
        using (OperationScope scope = _host.Monitor.Begin(OperationType.Tools, "get_order"))
        {
            await SwallowAsync(OneC, new TimeoutException());
            scope.End(Success);
        }

        Assert.Equal(0, _host.Sum("mcp_errors_total", ("operation", "get_order")));
    }

    [Fact]
    public async Task Failure_of_one_request_is_not_laid_to_the_next()
    {
        await FailAsync(() => CallAsync(OneC, new TimeoutException()));
        await FailAsync(() => throw new TimeoutException());

        Assert.Equal(1, Errors("timeout", "1c"));
        Assert.Equal(1, Errors("timeout", "none"));
    }

    [Fact]
    public async Task Every_kind_exists_at_zero_with_the_first_error_of_a_dependency()
    {
        await FailAsync(() => CallAsync(OneC, new TimeoutException()));

        Assert.All(["validation", "transport", "integration", "auth", "circuit_breaker", "internal"], type => Assert.Equal(0, Errors(type, "1c")));
    }

    private static Task CallAsync(IMcpIntegration dependency, Exception failure) => dependency.RunAsync("get", _ => throw failure, CancellationToken.None).AsTask();

    private static async Task SwallowAsync(IMcpIntegration dependency, Exception failure) => Assert.Same(failure, await Record.ExceptionAsync(() => CallAsync(dependency, failure)));

    private async Task FailAsync(Func<Task> work) => Assert.NotNull(await Record.ExceptionAsync(
        () => _host.Monitor.RunAsync(OperationType.Tools, "get_order", _ => new ValueTask(work()), CancellationToken.None).AsTask()));

    private double Errors(string type, string dependency) => _host.Sample(
        "mcp_errors_total", ("error_type", type), ("outcome", "server_error"), ("operation_type", "tools"), ("operation", "get_order"), ("dependency", dependency));
}
