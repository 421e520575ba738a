using Mcp.Monitoring.Tests.Operations;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Time limits of a tool's own end its task as cancelled; they are what they are, and counted once.</summary>
public sealed class CancelledTaskTests
{
    private static readonly string[] FailedLoad = ["ended function load server_error 1", "timed function load error 1"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Time_limit_of_a_client_in_monitored_work_is_one_timeout(bool isHiddenByAFilter)
    {
        await using var host = new MonitoredHost();
        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        using var http = new HttpClient(new SilentServer()) { Timeout = TimeSpan.FromMilliseconds(1) };
        Session session = host.Start(options =>
        {
            options.ToolCollection =
            [
                Tool("outer", async Task<string> (CancellationToken cancellationToken) =>
                    await monitor.RunAsync(OperationType.Function, "load", async token => await http.GetStringAsync(new Uri("http://localhost/"), token), cancellationToken)),
            ];
            if (isHiddenByAFilter)
            {
                options.Filters.Request.CallToolFilters.Add(next => async (request, token) =>
                {
                    try
                    {
                        return await next(request, token);
                    }
                    catch (OperationCanceledException)
                    {
                        return Answer("no", isError: true);
                    }
                });
            }
        });

        await session.AskAsync(Rpc.Call("outer"));

        await host.CountedAsync(FailedLoad, Tally.ServerError("tools", "outer", "timeout"));
    }

    [Fact]
    public async Task Time_limit_that_an_async_tool_recorded_by_hand_is_one_error()
    {
        await using var host = new MonitoredHost();
        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("outer", async Task<string> () =>
            {
                await Task.Yield();
                var exception = new TaskCanceledException("too late");
                monitor.RecordError(ErrorType.Integration, "load", exception);
                throw exception;
            }),
        ]);

        await session.AskAsync(Rpc.Call("outer"));

        await host.CountedAsync(["ended tools outer server_error 1", "timed tools outer error 1", "error tools outer server_error integration 1"]);
    }

    public static TheoryData<string> Doors => ["tools", "prompts", "resources", "protocol"];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Mapping_of_a_time_limit_of_the_hosts_own_is_asked_for_it(string door)
    {
        await using var host = new MonitoredHost(configure: options => options.Errors.Map<SupplierTimeoutException>(ErrorType.Integration));
        Session session = host.Start(options =>
        {
            options.ToolCollection = [Tool("own", FailLaterAsync)];
            options.PromptCollection = [Prompt("own", FailLaterAsync)];
            options.ResourceCollection = [Resource("own://{id}", async Task<string> (string id) => await FailLaterAsync() + id)];
            options.Handlers.ListResourceTemplatesHandler = async (_, _) =>
            {
                await FailLaterAsync();
                return new ListResourceTemplatesResult();
            };
        });

        (string method, string parameters, string operation) = door switch
        {
            "tools" => ("tools/call", """{"name":"own","arguments":{}}""", "own"),
            "prompts" => ("prompts/get", """{"name":"own"}""", "own"),
            "resources" => ("resources/read", """{"uri":"own://1"}""", "own://{id}"),
            _ => ("resources/templates/list", "{}", "resources/templates/list"),
        };
        await session.AskAsync(Rpc.Request(method, parameters));

        await host.CountedAsync(Tally.ServerError(door, operation, "integration"));

        static async Task<string> FailLaterAsync()
        {
            await Task.Yield();
            throw new SupplierTimeoutException();
        }
    }

    private sealed class SilentServer : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return new HttpResponseMessage();
        }
    }
}
