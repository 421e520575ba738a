using Mcp.Monitoring.Instrumentation.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

/// <summary>A POST whose message turns out to be <c>subscriptions/listen</c>: the door of the protocol counts the stream, HTTP only times its start.</summary>
public class StreamOfMessagesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Request_that_becomes_a_stream_is_no_longer_active_and_timed_to_its_start(bool hasStarted)
    {
        var released = new TaskCompletionSource();
        WebApp? own = null;
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/mcp", async http =>
        {
            http.Response.ContentType = "text/event-stream";
            own!.Clock.Advance(TimeSpan.FromSeconds(2));
            if (hasStarted)
            {
                await http.Response.WriteAsync(": hello\n\n");
            }

            HttpRequestTracker.Current!.BecomeStream();
            await http.Response.WriteAsync("data: acknowledged\n\n");
            await released.Task;
            own.Clock.Advance(TimeSpan.FromHours(5));
        }));
        own = app;

        HttpContext? answer = await app.SendAsync("/mcp", "POST");
        app.HasCounted("http POST /mcp 200 stream 1");

        released.SetResult();
        using var body = new StreamReader(answer!.Response.Body);
        await body.ReadToEndAsync(TestContext.Current.CancellationToken);
        app.HasCounted("http POST /mcp 200 stream 1");
        Assert.Equal(2, app.Seconds("/mcp"));
    }

    [Fact]
    public async Task Stream_that_is_waited_for_is_not_active_before_it_starts()
    {
        var reached = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/mcp", async http =>
        {
            HttpRequestTracker.Current!.BecomeStream();
            reached.SetResult();
            await released.Task;
            await http.Response.WriteAsync("data: acknowledged\n\n");
        }));

        Task<HttpContext?> request = app.SendAsync("/mcp", "POST");
        await reached.Task;
        Assert.Equal([], app.Counted());
        released.SetResult();
        await request;

        app.HasCounted("http POST /mcp 200 stream 1");
    }

    [Fact]
    public async Task Stream_without_an_answer_is_timed_when_it_ends()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/mcp", () =>
        {
            HttpRequestTracker.Current!.BecomeStream();
            HttpRequestTracker.Current!.BecomeStream();
        }));

        await app.SendAsync("/mcp", "POST");

        app.HasCounted("http POST /mcp 200 stream 1");
    }

    [Fact]
    public async Task Request_that_has_ended_becomes_nothing()
    {
        HttpRequestTracker? ended = null;
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/mcp", () => { ended = HttpRequestTracker.Current; }));
        await app.SendAsync("/mcp", "POST");
        app.HasCounted("http POST /mcp 200 unary 1");

        ended!.BecomeStream();

        Assert.True(ended.IsOneMessage);
        app.HasCounted("http POST /mcp 200 unary 1");
    }
}
