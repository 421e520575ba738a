using System.Diagnostics;
using Mcp.Monitoring.Instrumentation.Http;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

/// <summary>Which HTTP request gives its id to a message of the protocol that is handled in its async context.</summary>
public class DoorInRequestTests
{
    [Fact]
    public async Task Message_has_the_id_of_the_request_that_brings_it()
    {
        string? id = null;
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/mcp", http =>
        {
            id = IdOfMessage(http.RequestServices);
            return Task.CompletedTask;
        }));

        await SendAsync(app, "POST", "ticket-7");

        Assert.Equal("ticket-7", id);
    }

    [Fact]
    public async Task Messages_one_after_the_other_have_the_same()
    {
        string?[] ids = [];
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/mcp", http =>
        {
            ids = [IdOfMessage(http.RequestServices), IdOfMessage(http.RequestServices)];
            return Task.CompletedTask;
        }));

        await SendAsync(app, "POST", "ticket-7");

        Assert.Equal(["ticket-7", "ticket-7"], ids.AsEnumerable(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Message_after_the_end_of_the_request_has_one_of_its_own()
    {
        var released = new TaskCompletionSource();
        Task<string?> later = Task.FromResult<string?>(null);
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/mcp", http =>
        {
            later = LaterAsync(app.Services);
            return Task.CompletedTask;
        }));

        await SendAsync(app, "POST", "ticket-7");
        app.HasCounted("http POST /mcp 200 unary 1");
        released.SetResult();

        Assert.Matches("^[0-9a-f]{32}$", await later);

        async Task<string?> LaterAsync(IServiceProvider services)
        {
            await released.Task;
            return IdOfMessage(services);
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("CONNECT")]
    public async Task Message_that_comes_through_a_stream_has_one_of_its_own(string method)
    {
        string? before = null;
        string? id = null;
        await using WebApp app = await WebApp.StartAsync(app => app.Map("/mcp", async http =>
        {
            before = IdOfMessage(http.RequestServices);
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: first\n\n");
            id = IdOfMessage(http.RequestServices);
        }));

        HttpContext answer = await SendAsync(app, method, "ticket-7");
        await EndAsync(answer);

        Assert.Equal("ticket-7", answer.Response.Headers[WebApp.Header]);
        Assert.Equal("ticket-7", before);
        Assert.Matches("^[0-9a-f]{32}$", id);
    }

    [Fact]
    public async Task Message_after_the_request_has_become_a_stream_has_one_of_its_own()
    {
        string? id = null;
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/mcp", http =>
        {
            HttpRequestTracker.Current!.BecomeStream();
            id = IdOfMessage(http.RequestServices);
            return Task.CompletedTask;
        }));

        await SendAsync(app, "POST", "ticket-7");

        Assert.Matches("^[0-9a-f]{32}$", id);
    }

    [Fact]
    public async Task Event_stream_that_answers_one_POST_is_still_one_message()
    {
        string? id = null;
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/mcp", async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync(": hello\n\n");
            id = IdOfMessage(http.RequestServices);
        }));

        await EndAsync(await SendAsync(app, "POST", "ticket-7"));

        Assert.Equal("ticket-7", id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_that_the_request_did_not_bring_has_another_trace_also_below_a_span_of_its_own(bool hasEnded)
    {
        var released = new TaskCompletionSource();
        string? outside = null;
        Task<string?> later = Task.FromResult<string?>(null);
        await using WebApp app = await WebApp.StartAsync(app => app.Map("/mcp", async http =>
        {
            using Activity around = new Activity("around").Start();
            outside = around.TraceId.ToHexString();
            if (!hasEnded)
            {
                http.Response.ContentType = "text/event-stream";
                await http.Response.WriteAsync("data: first\n\n");
                released.SetResult();
            }

            later = LaterAsync(app.Services);
            await (hasEnded ? Task.CompletedTask : later);
        }));

        await EndAsync(await SendAsync(app, "GET", "ticket-7"));
        released.TrySetResult();
        string? trace = await later;

        Assert.NotNull(outside);
        Assert.Matches("^[0-9a-f]{32}$", trace);
        Assert.NotEqual(outside, trace, StringComparer.Ordinal);

        async Task<string?> LaterAsync(IServiceProvider services)
        {
            using Activity own = new Activity("below").Start();
            await released.Task;
            IdOfMessage(services, out string? trace);
            return trace;
        }
    }

    private static async Task<HttpContext> SendAsync(WebApp app, string method, string id)
    {
        HttpContext? answer = await app.SendAsync("/mcp", method, request => request.Headers[WebApp.Header] = id);
        Assert.NotNull(answer);
        return answer;
    }

    private static async Task EndAsync(HttpContext answer)
    {
        using var body = new StreamReader(answer.Response.Body);
        await body.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static string? IdOfMessage(IServiceProvider services) => IdOfMessage(services, out _);

    private static string? IdOfMessage(IServiceProvider services, out string? trace)
    {
        OperationMonitor monitor = services.GetRequiredService<OperationMonitor>();
        Operation operation = services.GetRequiredService<OperationCatalog>().GetOrAdd(OperationType.Tools, "add");
        OperationRecord record = monitor.OpenRequest(operation, call: null, message: null, meta: null, CancellationToken.None, out int version);
        string? id = monitor.CorrelationId;
        trace = OperationContext.Current!.ForceTraceId();
        record.End(version, OperationOutcome.Success);
        OperationContext.LeaveEnded();
        return id;
    }
}
