using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

[Collection(nameof(Alone))]
public class CorrelationHeaderTests
{
    public static TheoryData<string> Valid =>
        ["a", "ticket-7", "A.b_C-9", "4bf92f3577b34da6a3ce929d0e0e4736", "___", new string('x', 128)];

    public static TheoryData<string> Hostile =>
    [
        "", " ", "a b", " a", "a ", new string('x', 129), "<script>alert(1)</script>", "a\r\nSet-Cookie: b=c", "a\nb", "a\0b", "a,b", "a;b", "a\"b", "a'b", "a\\b", "{a}", "%0d%0a",
        "заявка", "a😀", "é", "\u202Egnp", "a/b", "a:b", "a=b", "../a",
    ];

    [Theory]
    [MemberData(nameof(Valid))]
    public async Task Id_that_the_request_brings_is_everywhere(string id)
    {
        string? inside = null;
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/", (IMcpMonitor monitor, ILogger<WebApp> logger) =>
        {
            inside = monitor.CorrelationId;
            ScopeLog.Write(logger, "inside");
            return "ok";
        }));

        HttpContext? answer = await app.SendAsync("/", shape: request => request.Headers[WebApp.Header] = id);

        Assert.Equal(id, answer!.Response.Headers[WebApp.Header]);
        Assert.Equal(id, inside);
        Assert.Equal(id, app.Log.IdOf("inside"));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_id_is_replaced_and_not_echoed(string id)
    {
        string? inside = null;
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/", (IMcpMonitor monitor, ILogger<WebApp> logger) =>
        {
            inside = monitor.CorrelationId;
            ScopeLog.Write(logger, "inside");
            return "ok";
        }));

        HttpContext? answer = await app.SendAsync("/", shape: request => request.Headers[WebApp.Header] = id);

        Assert.Matches("^[0-9a-f]{32}$", inside);
        Assert.Equal(inside, answer!.Response.Headers[WebApp.Header]);
        Assert.Equal(inside, app.Log.IdOf("inside"));
    }

    [Fact]
    public async Task Of_two_ids_none_is_taken()
    {
        await using WebApp app = await WebApp.StartAsync(http => http.Response.WriteAsync("ok"));

        HttpContext? answer = await app.SendAsync("/", shape: request => request.Headers[WebApp.Header] = new StringValues(["a", "b"]));

        Assert.Matches("^[0-9a-f]{32}$", answer!.Response.Headers[WebApp.Header].Single());
    }

    [Fact]
    public async Task Without_one_it_is_the_trace_id_of_the_activity()
    {
        string? trace = null;
        await using WebApp app = await WebApp.StartAsync(http =>
        {
            trace = Activity.Current?.TraceId.ToHexString();
            return http.Response.WriteAsync("ok");
        });

        HttpContext? answer = await app.SendAsync("/");

        Assert.NotNull(trace);
        Assert.Equal(trace, answer!.Response.Headers[WebApp.Header]);
    }

    [Fact]
    public async Task Requests_without_one_have_different_ids()
    {
        await using WebApp app = await WebApp.StartAsync(http => http.Response.WriteAsync("ok"));

        HttpContext? first = await app.SendAsync("/");
        HttpContext? second = await app.SendAsync("/");

        Assert.NotEqual(first!.Response.Headers[WebApp.Header], second!.Response.Headers[WebApp.Header]);
    }

    [Fact]
    public async Task Activity_that_nobody_listens_to_is_left_as_it_is()
    {
        Activity? activity = null;
        await using WebApp app = await WebApp.StartAsync(http =>
        {
            activity = Activity.Current;
            return http.Response.WriteAsync("ok");
        });

        await app.SendAsync("/", shape: request => request.Headers[WebApp.Header] = "ticket-7");

        Assert.NotNull(activity);
        Assert.Empty(activity.TagObjects);
    }

    [Fact]
    public async Task Scope_reads_as_text()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/", (ILogger<WebApp> logger) => ScopeLog.Write(logger, "inside")));

        await app.SendAsync("/", shape: request => request.Headers[WebApp.Header] = "ticket-7");

        Assert.Contains("CorrelationId:ticket-7", Assert.Single(app.Log.Lines, line => line.Line == "inside").Scopes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_of_the_header_is_an_option()
    {
        await using WebApp app = await WebApp.StartAsync(
            app => app.MapGet("/", () => "ok"), configure: options => options.Http.CorrelationHeader = "Request-Id");

        HttpContext? answer = await app.SendAsync("/", shape: request => request.Headers["request-id"] = "ticket-7");

        Assert.Equal("ticket-7", answer!.Response.Headers["Request-Id"]);
        Assert.False(answer.Response.Headers.ContainsKey(WebApp.Header));
    }

    [Fact]
    public async Task Option_turns_all_of_it_off()
    {
        string? inside = "";
        await using WebApp app = await WebApp.StartAsync(
            app => app.MapGet("/", (IMcpMonitor monitor) => $"{inside = monitor.CorrelationId}"), configure: options => options.Http.Enabled = false);

        HttpContext? answer = await app.SendAsync("/", shape: request => request.Headers[WebApp.Header] = "ticket-7");

        Assert.Null(inside);
        Assert.False(answer!.Response.Headers.ContainsKey(WebApp.Header));
        app.HasCounted();
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/empty", 204)]
    [InlineData("/handled", 500)]
    [InlineData("/moved", 302)]
    public async Task Answer_of_any_kind_carries_it(string path, int status)
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.UseExceptionHandler(pages => pages.Run(http => http.Response.WriteAsync("sorry")));
            app.MapGet("/empty", () => Results.NoContent());
            app.MapGet("/moved", () => Results.Redirect("/empty"));
            app.MapGet("/handled", string () => throw new InvalidOperationException("no"));
        });

        HttpContext? answer = await app.SendAsync(path, shape: request => request.Headers[WebApp.Header] = "ticket-7");

        Assert.Equal(status, answer!.Response.StatusCode);
        Assert.Equal("ticket-7", answer.Response.Headers[WebApp.Header]);
    }

    [Fact]
    public async Task Middleware_of_the_application_sees_it_before_routing()
    {
        string? before = null;
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.Use((http, next) =>
            {
                before = http.RequestServices.GetRequiredService<IMcpMonitor>().CorrelationId;
                return next(http);
            });
            app.UseRouting();
            app.MapGet("/", () => "ok");
        });

        await app.SendAsync("/", shape: request => request.Headers[WebApp.Header] = "ticket-7");

        Assert.Equal("ticket-7", before);
    }

    [Fact]
    public async Task Operations_inside_have_it_one_after_the_other_and_nested()
    {
        var seen = new List<string?>();
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/", (IMcpMonitor monitor) =>
        {
            for (int i = 0; i < 2; i++)
            {
                using OperationScope outer = monitor.Begin(OperationType.Function, "outer");
                using (OperationScope inner = monitor.Begin(OperationType.Function, "inner"))
                {
                    seen.Add(monitor.CorrelationId);
                    inner.End(OperationOutcome.Success);
                }

                outer.End(OperationOutcome.Success);
                seen.Add(monitor.CorrelationId);
            }

            return "ok";
        }));

        await app.SendAsync("/", shape: request => request.Headers[WebApp.Header] = "ticket-7");

        Assert.Equal(["ticket-7", "ticket-7", "ticket-7", "ticket-7"], seen);
    }

    [Fact]
    public async Task Work_that_the_request_left_behind_keeps_it_in_operations_of_its_own()
    {
        var released = new TaskCompletionSource();
        Task<string?[]> left = Task.FromResult<string?[]>([]);
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/", (IMcpMonitor monitor) =>
        {
            left = LeftBehindAsync(monitor);
            return "ok";
        }));

        await app.SendAsync("/", shape: request => request.Headers[WebApp.Header] = "ticket-7");
        app.HasCounted("http GET / 200 unary 1");
        await app.SendAsync("/nowhere", shape: request => request.Headers[WebApp.Header] = "ticket-8");
        released.SetResult();

        Assert.Equal(["ticket-7", "ticket-7", "ticket-7"], (await left).AsEnumerable(), StringComparer.Ordinal);

        async Task<string?[]> LeftBehindAsync(IMcpMonitor monitor)
        {
            await released.Task;
            string? before = monitor.CorrelationId;
            using OperationScope scope = monitor.Begin(OperationType.Function, "later");
            string? inside = monitor.CorrelationId;
            scope.End(OperationOutcome.Success);
            return [before, inside, monitor.CorrelationId];
        }
    }

    [Fact]
    public async Task Request_that_is_over_leaves_nothing_in_the_flow_around_it()
    {
        OperationContext? after = null;
        string? id = "";
        var isOver = new TaskCompletionSource();
        await using WebApp app = await WebApp.StartAsync(
            app => app.MapGet("/", () => "ok"),
            services => services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter>(new Around(next => async http =>
            {
                await next(http);
                after = OperationContext.Current;
                id = http.RequestServices.GetRequiredService<IMcpMonitor>().CorrelationId;
                isOver.SetResult();
            })));

        await app.SendAsync("/");
        await isOver.Task;

        Assert.Same(after, after?.Request);
        Assert.Matches("^[0-9a-f]{32}$", id);
    }

    private sealed class Around(Func<RequestDelegate, RequestDelegate> middleware) : Microsoft.AspNetCore.Hosting.IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(middleware);
            next(app);
        };
    }
}
