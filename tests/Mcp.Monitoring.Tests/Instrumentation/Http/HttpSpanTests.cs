using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

/// <summary>The web server's own activity, as the OpenTelemetry semantic conventions for HTTP have it.</summary>
[Collection(nameof(Alone))]
public sealed class HttpSpanTests : IDisposable
{
    private readonly ActivityListener _listener = new() { ShouldListenTo = static source => source.Name == "Microsoft.AspNetCore" };
    private Activity? _activity;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Span_of_a_request_says_what_was_asked_and_answered()
    {
        await RunAsync("/weather/paris", shape: request =>
        {
            request.QueryString = new QueryString("?token=secret");
            request.Headers.UserAgent = "curl/8.5.0";
            request.Headers[WebApp.Header] = "ticket-7";
        });

        Assert.Equal("GET /weather/{city}", _activity!.DisplayName);
        Has(
            ("http.request.method", "GET"), ("http.route", "/weather/{city}"), ("url.scheme", "http"), ("url.path", "/weather/paris"), ("http.response.status_code", 200),
            ("user_agent.family", "curl"), ("mcp.monitoring.correlation_id", "ticket-7"));
        Assert.Equal(ActivityStatusCode.Unset, _activity.Status);
        Assert.DoesNotContain(_activity.TagObjects, tag => tag.Value is string text && text.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/unknown", "GET", "GET")]
    [InlineData("/unknown", "BREW", "HTTP")]
    [InlineData("/weather/paris", "BREW", "HTTP")]
    public async Task Name_of_a_span_has_only_known_methods_and_routes(string path, string method, string name)
    {
        await RunAsync(path, method);

        Assert.Equal(name, _activity!.DisplayName.Split(' ')[0]);
        Assert.Equal(method == "GET" ? "GET" : "_OTHER", _activity.GetTagItem("http.request.method"));
        Assert.Null(_activity.GetTagItem("http.route"));
    }

    [Theory]
    [InlineData(404, null)]
    [InlineData(500, "500")]
    [InlineData(503, "503")]
    public async Task Status_of_a_span_is_an_error_from_500_on(int status, string? error)
    {
        await RunAsync($"/status/{status}");

        Assert.Equal(status, _activity!.GetTagItem("http.response.status_code"));
        Assert.Equal(error, _activity.GetTagItem("error.type"));
        Assert.Equal(error is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, _activity.Status);
    }

    [Fact]
    public async Task Exception_that_escapes_is_the_type_of_the_error()
    {
        await RunAsync("/throw");

        Has(("http.response.status_code", 500), ("error.type", "System.InvalidOperationException"));
        Assert.Equal(ActivityStatusCode.Error, _activity!.Status);
    }

    [Fact]
    public async Task Span_that_another_instrumentation_describes_is_left_to_it()
    {
        await RunAsync("/weather/paris", described: true);

        Assert.Equal("theirs", _activity!.DisplayName);
        Assert.Null(_activity.GetTagItem("url.path"));
        Assert.Equal("other", _activity.GetTagItem("user_agent.family"));
    }

    [Fact]
    public async Task Span_that_nobody_records_is_not_described()
    {
        await RunAsync("/weather/paris", sampling: ActivitySamplingResult.PropagationData);

        Assert.NotNull(_activity);
        Assert.Empty(_activity.TagObjects);
        Assert.Equal("Microsoft.AspNetCore.Hosting.HttpRequestIn", _activity.DisplayName);
    }

    [Theory]
    [InlineData("/weather/paris", true)]
    [InlineData("/quiet", false)]
    [InlineData("/metrics", false)]
    [InlineData("/well", false)]
    [InlineData("/alive", false)]
    public async Task Span_of_a_scrape_or_of_what_is_left_out_is_no_trace(string path, bool recorded)
    {
        await RunAsync(path);

        Assert.Equal(recorded, _activity!.Recorded);
    }

    // Activities are the process's own affair: those of another test's request are told apart by this test's server.
    private async Task RunAsync(
        string path, string method = "GET", Action<HttpRequest>? shape = null, bool described = false, ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        _listener.Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling;
        // The caller may have the answer before the server is done with the request.
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _listener.ActivityStopped = activity => (ReferenceEquals(activity, _activity) ? stopped : null)?.TrySetResult();
        ActivitySource.AddActivityListener(_listener);
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.Use((http, next) =>
            {
                _activity = http.Features.Get<IHttpActivityFeature>()?.Activity;
                if (described)
                {
                    _activity!.DisplayName = "theirs";
                    _activity.SetTag("http.request.method", "GET");
                }

                return next(http);
            });
            app.MapGet("/weather/{city}", () => "sun");
            app.MapGet("/quiet", [MonitorMcpOperation(Ignore = true)] () => "quiet");
            app.MapMcpMonitoring();
            app.MapHealthChecks("/well");
            app.UseHealthChecks("/alive");
            app.MapGet("/status/{code:int}", (int code) => Results.StatusCode(code));
            app.MapGet("/throw", string () => throw new InvalidOperationException("no"));
        });

        await app.SendAsync(path, method, shape);
        if (_activity is { IsStopped: false } && sampling != ActivitySamplingResult.None)
        {
            await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    private void Has(params (string Name, object Value)[] expected)
    {
        foreach ((string name, object value) in expected)
        {
            Assert.Equal(value, _activity!.GetTagItem(name));
            Assert.Single(_activity.TagObjects, tag => tag.Key == name);
        }
    }
}
