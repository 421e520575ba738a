using System.ComponentModel.DataAnnotations;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

public class HttpErrorTests
{
    public static TheoryData<Exception, int, string> Escaping => new()
    {
        { new InvalidOperationException("no"), 500, "server_error internal" },
        { new TimeoutException(), 500, "server_error timeout" },
        { new HttpRequestException("no"), 500, "server_error integration" },
        { new ValidationException("no"), 500, "client_error validation" },
        { new BadHttpRequestException("no", 413), 413, "client_error validation" },
        { new OperationCanceledException(), 500, "server_error timeout" },
    };

    [Theory]
    [MemberData(nameof(Escaping))]
    public async Task Exception_that_escapes_is_counted_by_what_it_means(Exception exception, int status, string error)
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.MapGet("/sync", string () => throw exception);
            app.MapGet("/async", async Task<string> () =>
            {
                await Task.Yield();
                throw exception;
            });
        });

        await app.SendAsync("/sync");
        app.HasCounted($"http GET /sync {status} unary 1", $"error http /sync {error} 1");
    }

    [Fact]
    public async Task Exception_that_escapes_later_is_counted_as_well()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/async", async Task<string> () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("no");
        }));

        Assert.Null(await app.SendAsync("/async"));

        app.HasCounted("http GET /async 500 unary 1", "error http /async server_error internal 1");
    }

    [Theory]
    [InlineData(500, "server_error internal")]
    [InlineData(502, "server_error internal")]
    [InlineData(504, "server_error timeout")]
    [InlineData(599, "server_error internal")]
    [InlineData(403, "client_error auth")]
    [InlineData(401, null)]
    [InlineData(503, null)]
    [InlineData(404, null)]
    [InlineData(400, null)]
    [InlineData(499, null)]
    [InlineData(600, null)]
    [InlineData(200, null)]
    public async Task Status_without_an_exception_is_an_error_only_where_it_says_so(int status, string? error)
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", () => Results.StatusCode(status)));

        await app.SendAsync("/a");

        string[] errors = error is null ? [] : [$"error http /a {error} 1"];
        app.HasCounted([$"http GET /a {(status == 600 ? "_other" : $"{status}")} unary 1", .. errors]);
    }

    [Fact]
    public async Task Refused_credentials_are_an_auth_error()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", () => Results.StatusCode(401)));

        await app.SendAsync("/a", shape: request => request.Headers.Authorization = "Bearer wrong");

        app.HasCounted("http GET /a 401 unary 1", "error http /a client_error auth 1");
    }

    [Fact]
    public async Task Handshake_without_credentials_is_no_error()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", () => Results.StatusCode(401)));

        await app.SendAsync("/a");

        app.HasCounted("http GET /a 401 unary 1");
    }

    [Fact]
    public async Task Caller_who_hangs_up_is_499_and_no_error()
    {
        using var aborted = new CancellationTokenSource();
        await using WebApp app = await WebApp.StartAsync(async http =>
        {
            await aborted.CancelAsync();
            await WebApp.UntilHungUpAsync(http);
        });

        await app.HangUpAsync("/", aborted.Token);

        app.HasCounted("http GET / 499 unary 1");
    }

    [Fact]
    public async Task Caller_who_hangs_up_hides_no_failure_of_another_kind()
    {
        using var aborted = new CancellationTokenSource();
        var left = new TaskCompletionSource();
        await using WebApp app = await WebApp.StartAsync(async http =>
        {
            http.RequestAborted.Register(left.SetResult);
            await aborted.CancelAsync();
            await left.Task;
            throw new InvalidOperationException("no");
        });

        await app.HangUpAsync("/", aborted.Token);

        app.HasCounted("http GET / 500 unary 1", "error http / server_error internal 1");
    }

    [Fact]
    public async Task Exception_is_counted_once_however_many_layers_see_it()
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.UseExceptionHandler(pages => pages.Run(http => http.Response.WriteAsync("sorry")));
            app.MapGet("/a", async Task<string> (IMcpMonitor monitor) => await monitor.RunAsync<string>(
                OperationType.Function, "query", _ => throw new InvalidOperationException("no"), CancellationToken.None));
        });

        await app.SendAsync("/a");

        app.HasCounted("http GET /a 500 unary 1", "ended function query server_error 1", "error function query server_error internal 1");
    }

    [Fact]
    public async Task Exception_recorded_by_hand_and_thrown_on_wrapped_is_counted_once()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", string (IMcpMonitor monitor) =>
        {
            var failure = new TimeoutException();
            monitor.RecordError(ErrorType.Integration, "query", failure);
            throw new InvalidOperationException("no", failure);
        }));

        await app.SendAsync("/a");

        app.HasCounted("http GET /a 500 unary 1", "error function query server_error integration 1");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exception_that_disposes_a_scope_is_counted_once_under_its_name(bool isAsync)
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.MapGet("/sync", string (IMcpMonitor monitor) =>
            {
                using OperationScope scope = monitor.Begin(OperationType.Function, "query");
                throw new TimeoutException();
            });
            app.MapGet("/async", async Task<string> (IMcpMonitor monitor) =>
            {
                using OperationScope scope = monitor.Begin(OperationType.Function, "query");
                await Task.Yield();
                throw new TimeoutException();
            });
        });
        string path = isAsync ? "/async" : "/sync";

        await app.SendAsync(path);

        app.HasCounted($"http GET {path} 500 unary 1", "ended function query server_error 1", "error function query server_error timeout 1");
    }

    [Fact]
    public async Task Scope_disposed_without_an_outcome_is_counted_at_the_end_where_nobody_says_why()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", (IMcpMonitor monitor) =>
        {
            monitor.Begin(OperationType.Function, "first").Dispose();
            monitor.Begin(OperationType.Function, "second").Dispose();
            return Results.StatusCode(500);
        }));

        await app.SendAsync("/a");

        app.HasCounted(
            "http GET /a 500 unary 1",
            "ended function first server_error 1", "error function first server_error internal 1",
            "ended function second server_error 1", "error function second server_error internal 1");
    }

    [Fact]
    public async Task Answer_of_500_after_a_recorded_error_is_its_echo()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", (IMcpMonitor monitor) =>
        {
            monitor.RecordError(ErrorType.Integration, "query");
            return Results.StatusCode(502);
        }));

        await app.SendAsync("/a");

        app.HasCounted("http GET /a 502 unary 1", "error function query server_error integration 1");
    }

    [Theory]
    [InlineData(404, "client_error validation")]
    [InlineData(403, "client_error auth")]
    [InlineData(500, "server_error internal")]
    [InlineData(200, "server_error internal")]
    public async Task Exception_that_the_host_answers_as_the_callers_fault_is_the_callers(int status, string error)
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.UseExceptionHandler(pages => pages.Run(http =>
            {
                http.Response.StatusCode = status;
                return http.Response.WriteAsync("sorry");
            }));
            app.MapGet("/a", string () => throw new InvalidOperationException("no"));
        });

        await app.SendAsync("/a");

        app.HasCounted($"http GET /a {status} unary 1", $"error http /a {error} 1");
    }

    [Fact]
    public async Task Developers_page_hides_no_exception()
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.UseDeveloperExceptionPage();
            app.MapGet("/a", string () => throw new InvalidOperationException("no"));
        });

        HttpContext? answer = await app.SendAsync("/a", shape: request => request.Headers[WebApp.Header] = "ticket-7");

        Assert.Equal(500, answer!.Response.StatusCode);
        Assert.Equal("ticket-7", answer.Response.Headers[WebApp.Header]);
        app.HasCounted("http GET /a 500 unary 1", "error http /a server_error internal 1");
    }

    [Fact]
    public async Task Error_carries_the_id_as_an_exemplar()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", () => Results.StatusCode(500)));

        await app.SendAsync("/a", shape: request => request.Headers[WebApp.Header] = "ticket-7");

        app.HasCounted("http GET /a 500 unary 1", "error http /a server_error internal 1");
        Assert.Contains(
            ("correlation_id", "ticket-7"),
            app.Scrape(global::Mcp.Monitoring.Metrics.Exposition.ExpositionFormat.OpenMetrics)
                .SelectMany(family => family.Samples).Single(sample => sample.Exemplar is not null && sample.Name == "mcp_errors_total").Exemplar!.Labels);
    }

    [Fact]
    public async Task Route_has_every_error_at_zero_from_its_first_request_on()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", () => "ok"));

        await app.SendAsync("/a");
        app.HasCounted("http GET /a 200 unary 1");

        string[] series =
        [
            .. app.Scrape().SelectMany(family => family.Samples)
                .Where(sample => sample.Name == "mcp_errors_total" && sample.Label("operation") == "/a" && sample.Value == 0)
                .Select(sample => $"{sample.Label("operation_type")} {sample.Label("outcome")} {sample.Label("error_type")} {sample.Label("dependency")}"),
        ];
        Assert.Equal(
            from outcome in (string[])["server_error", "client_error"]
            from type in OperationLabels.ErrorTypes
            select $"http {outcome} {type.Label()} none",
            series,
            StringComparer.Ordinal);
    }
}
