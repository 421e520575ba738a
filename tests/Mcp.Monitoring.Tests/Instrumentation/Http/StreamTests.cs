using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

public class StreamTests
{
    [Fact]
    public async Task Event_stream_is_timed_to_its_first_byte_and_counted_while_it_is_open()
    {
        var released = new TaskCompletionSource();
        WebApp? own = null;
        await using WebApp app = await WebApp.StartAsync(async http =>
        {
            own!.Clock.Advance(TimeSpan.FromSeconds(2));
            http.Response.ContentType = "text/event-stream; charset=utf-8";
            await http.Response.WriteAsync("data: first\n\n");
            await released.Task;
            own.Clock.Advance(TimeSpan.FromHours(1));
            await http.Response.WriteAsync("data: last\n\n");
        });
        own = app;

        await app.SendAsync("/");
        app.HasCounted("http GET / 200 stream 1", "streams 1");
        Assert.Equal(2, app.Seconds("/"));

        released.SetResult();
        app.HasCounted("http GET / 200 stream 1");
        Assert.Equal(2, app.Seconds("/"));
    }

    [Fact]
    public async Task Answer_to_one_POST_is_no_stream_though_its_type_is_that_of_one()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/mcp", http =>
        {
            http.Response.ContentType = "text/event-stream";
            return http.Response.WriteAsync("data: all\n\n");
        }));

        await app.SendAsync("/mcp", "POST");

        app.HasCounted("http POST /mcp 200 unary 1");
    }

    [Fact]
    public async Task Reader_who_leaves_a_stream_is_no_error()
    {
        using var left = new CancellationTokenSource();
        await using WebApp app = await WebApp.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: first\n\n");
            await WebApp.UntilHungUpAsync(http);
        });

        await app.HangUpAsync("/", left.Token);
        await left.CancelAsync();

        app.HasCounted("http GET / 200 stream 1");
    }

    [Fact]
    public async Task Failure_inside_a_stream_is_an_error_and_closes_it()
    {
        await using WebApp app = await WebApp.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: first\n\n");
            throw new InvalidOperationException("no");
        });

        await app.SendAsync("/");

        app.HasCounted("http GET / 200 stream 1", "error http / server_error internal 1");
    }

    [Fact]
    public async Task Refused_stream_is_an_answer()
    {
        await using WebApp app = await WebApp.StartAsync(http =>
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.StatusCode = 409;
            return http.Response.WriteAsync("no");
        });

        await app.SendAsync("/");

        app.HasCounted("http GET / 409 unary 1");
    }
}
