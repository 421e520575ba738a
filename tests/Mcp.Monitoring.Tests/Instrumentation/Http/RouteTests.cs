using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

public class RouteTests
{
    [Theory]
    [InlineData("/orders/{id}", "/orders/42", "/orders/{id}")]
    [InlineData("orders/{id:int}/lines/{**rest}", "/orders/42/lines/a/b", "/orders/{id:int}/lines/{**rest}")]
    [InlineData("/", "/", "/")]
    [InlineData("", "/", "/")]
    public async Task Route_is_the_template(string pattern, string path, string route)
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet(pattern, http => http.Response.WriteAsync("ok")));

        await app.SendAsync(path);

        app.HasCounted($"http GET {route} 200 unary 1");
    }

    [Fact]
    public async Task Whatever_matches_nothing_is_one_label()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", () => "ok"));

        for (int i = 0; i < 100; i++)
        {
            await app.SendAsync($"/invented/{i}");
        }

        await app.SendAsync("/a", "DELETE");
        app.HasCounted("http GET _unmatched 404 unary 100", "http DELETE _unmatched 405 unary 1");
    }

    [Theory]
    [InlineData("GET", "GET")]
    [InlineData("HEAD", "HEAD")]
    [InlineData("POST", "POST")]
    [InlineData("PUT", "PUT")]
    [InlineData("DELETE", "DELETE")]
    [InlineData("PATCH", "PATCH")]
    [InlineData("OPTIONS", "OPTIONS")]
    [InlineData("TRACE", "TRACE")]
    [InlineData("BREW", "_other")]
    [InlineData("get", "_other")]
    [InlineData("PROPFIND", "_other")]
    public async Task Method_is_of_a_closed_list(string method, string label)
    {
        await using WebApp app = await WebApp.StartAsync(app => app.Map("/a", http => http.Response.WriteAsync("ok")));

        await app.SendAsync("/a", method);

        app.HasCounted($"http {label} /a 200 unary 1");
    }

    [Theory]
    [InlineData(200, "200")]
    [InlineData(418, "418")]
    [InlineData(503, "503")]
    [InlineData(600, "_other")]
    [InlineData(999, "_other")]
    public async Task Status_is_of_a_closed_list(int status, string label)
    {
        await using WebApp app = await WebApp.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        await app.SendAsync("/");

        app.HasCounted($"http GET / {label} unary 1");
    }

    [Fact]
    public async Task Routes_past_the_cap_are_one_label_and_are_counted()
    {
        const int Cap = 20;
        await using WebApp app = await WebApp.StartAsync(
            app =>
            {
                for (int i = 0; i <= Cap; i++)
                {
                    app.MapGet($"/r{i}", () => "ok");
                }
            },
            configure: options => options.Prometheus.SeriesCap = Cap);

        for (int i = 0; i <= Cap; i++)
        {
            await app.SendAsync($"/r{i}");
        }

        await app.SendAsync("/nowhere");

        app.HasCounted(
        [
            .. Enumerable.Range(0, Cap).Select(i => $"http GET /r{i} 200 unary 1"),
            "http GET _other 200 unary 1", "http GET _unmatched 404 unary 1", "limited mcp_http_request_duration_seconds 2",
        ]);
    }

    [Fact]
    public async Task Duration_is_that_of_the_whole_pipeline()
    {
        await using WebApp started = await WebApp.StartAsync(app => app.MapGet("/", (TimeProvider clock) =>
        {
            ((Microsoft.Extensions.Time.Testing.FakeTimeProvider)clock).Advance(TimeSpan.FromSeconds(3));
            return "ok";
        }));

        await started.SendAsync("/");

        started.HasCounted("http GET / 200 unary 1");
        Assert.Equal(3, started.Seconds("/"));
    }

    [Fact]
    public async Task Exception_handler_with_a_path_does_not_take_the_route()
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.UseExceptionHandler("/error");
            app.MapGet("/error", () => Results.StatusCode(500));
            app.MapGet("/fails", string () => throw new InvalidOperationException("no"));
        });

        await app.SendAsync("/fails");

        app.HasCounted("http GET /fails 500 unary 1", "error http /fails server_error internal 1");
    }

    [Fact]
    public async Task Exception_before_routing_belongs_to_no_route_also_with_a_page_for_it()
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.UseExceptionHandler("/error");
            app.Use((http, next) => http.Request.Path == "/early" ? throw new InvalidOperationException("no") : next(http));
            app.UseRouting();
            app.MapGet("/error", () => Results.StatusCode(500));
        });

        await app.SendAsync("/early");

        app.HasCounted("http GET _unmatched 500 unary 1", "error http _unmatched server_error internal 1");
    }

    [Theory]
    [InlineData("/nowhere", "_unmatched", 404)]
    [InlineData("/gone", "/gone", 410)]
    public async Task Status_page_that_is_executed_again_does_not_take_the_route(string path, string route, int status)
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.UseStatusCodePagesWithReExecute("/status/{0}");
            app.MapGet("/status/{code}", (string code) => $"status {code}");
            app.MapGet("/gone", () => Results.StatusCode(410));
        });

        await app.SendAsync(path);

        app.HasCounted($"http GET {route} {status} unary 1");
    }

    [Fact]
    public async Task Errors_of_a_route_are_at_zero_before_its_first_request()
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.MapMcpMonitoring();
            app.MapGet("/orders/{id}", (int id) => id);
        });

        HttpContext? page = await app.SendAsync("/metrics");

        using var reader = new StreamReader(page!.Response.Body);
        string text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Matches("""mcp_errors_total\{error_type="internal",outcome="server_error",operation_type="http",operation="/orders/\{id\}",dependency="none"[^}]*\} 0""", text);
    }

    [Fact]
    public async Task Scrape_is_not_among_the_active_requests_that_it_shows()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapMcpMonitoring());

        HttpContext? page = await app.SendAsync("/metrics");

        using var reader = new StreamReader(page!.Response.Body);
        string text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Matches("""mcp_active_requests\{operation_type="http"[^}]*\} 0""", text);
    }

    [Fact]
    public async Task Request_in_progress_is_active()
    {
        var reached = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        await using WebApp app = await WebApp.StartAsync(async http =>
        {
            reached.SetResult();
            await released.Task;
            await http.Response.WriteAsync("ok");
        });

        Task<HttpContext?> request = app.SendAsync("/");
        await reached.Task;
        Assert.Equal(["active http 1"], app.Counted());
        released.SetResult();
        await request;

        app.HasCounted("http GET / 200 unary 1");
    }

    [Fact]
    public async Task Endpoint_that_opts_out_of_HTTP_metrics_is_left_out_of_these_too()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/probe", () => Results.StatusCode(500)).DisableHttpMetrics());

        HttpContext? answer = await app.SendAsync("/probe");

        Assert.True(answer!.Response.Headers.ContainsKey(WebApp.Header));
        app.HasCounted();
    }
}
