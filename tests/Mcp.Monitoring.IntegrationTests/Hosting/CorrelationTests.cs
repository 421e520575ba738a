using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using WeatherServer.Upstream;

namespace Mcp.Monitoring.IntegrationTests.Hosting;

/// <summary>One id leads from the header of a request to its tool, its metrics, the calls it makes and its answer.</summary>
public sealed class CorrelationTests
{
    private const string Header = "X-Correlation-ID";
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Header_and_trace_of_a_call_meet_in_one_record(bool isStateful)
    {
        var seen = new Seen();
        await using var sample = await StartAsync(seen, isStateful);
        string? session = isStateful ? await OpenSessionAsync(sample) : null;

        using var answer = await CallAsync(sample, "ticket-7", session);
        using var next = await CallAsync(sample, "ticket-8", session);

        Assert.Equal(["ticket-7"], answer.Headers.GetValues(Header), StringComparer.Ordinal);
        Assert.Equal(["ticket-8"], next.Headers.GetValues(Header), StringComparer.Ordinal);
        await Eventually.GetAsync(() => Task.FromResult(seen.Operations.Count), count => count == 2, TimeSpan.FromSeconds(20));
        Assert.Equal([("ticket-7", Trace), ("ticket-8", Trace)], seen.Operations);
        Assert.Equal(["ticket-7", "ticket-8"], seen.Upstream, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Exemplar_of_a_call_has_both_ids()
    {
        await using var sample = await StartAsync(new Seen(), isStateful: false);

        using var answer = await CallAsync(sample, "ticket-7", session: null);

        await sample.Metrics.ScrapeWhenQuietAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(sample.Address, "metrics"));
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/openmetrics-text; version=1.0.0"));
        using var page = await sample.Http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"# {{trace_id=\"{Trace}\",correlation_id=\"ticket-7\"}}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_that_no_page_answers_ends_with_the_servers_own_500()
    {
        await using var sample = await Sample.StartAsync(
            builder => builder.Services.AddSingleton<IStartupFilter>(new Failing()));

        using var answer = await sample.Http.GetAsync(new Uri(sample.Address, "fails"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var page = await sample.Metrics.ScrapeWhenQuietAsync();
        Assert.Equal(1, page.Sum("mcp_errors_total", ("operation_type", "http"), ("operation", "_unmatched"), ("error_type", "internal")));
        Assert.Matches("""mcp_http_request_duration_seconds_count\{[^}]*method="GET",route="_unmatched",status_code="500",kind="unary"[^}]*\} 1\n""", page.Text);
    }

    private static Task<Sample> StartAsync(Seen seen, bool isStateful) => Sample.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton<IOperationObserver>(seen);
            builder.Services.AddHttpClient(nameof(UpstreamClient)).AddMcpCorrelation();
            builder.Services.AddSingleton<IStartupFilter>(new Watching(seen));
        },
        isStateful ? ["--stateful"] : []);

    private static async Task<string> OpenSessionAsync(Sample sample)
    {
        const string Initialize =
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""";
        using var answer = await SendAsync(sample, Initialize, "ticket-of-the-session", session: null);
        return answer.Headers.GetValues("Mcp-Session-Id").Single();
    }

    private static Task<HttpResponseMessage> CallAsync(Sample sample, string id, string? session) => SendAsync(
        sample,
        """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"get_weather","arguments":{"city":"Oslo"},"_meta":{"traceparent":"00-$-00f067aa0ba902b7-01"}}}"""
            .Replace("$", Trace, StringComparison.Ordinal),
        id,
        session);

    private static async Task<HttpResponseMessage> SendAsync(Sample sample, string body, string id, string? session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, sample.Mcp) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        request.Headers.Add(Header, id);
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        return await sample.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private sealed class Seen : IOperationObserver
    {
        public ConcurrentQueue<(string Id, string? Trace)> Operations { get; } = new();

        public ConcurrentQueue<string> Upstream { get; } = new();

        public void OnStarted(in StartedOperation operation)
        {
        }

        public void OnCompleted(in CompletedOperation operation)
        {
            if (operation.Type == OperationType.Tools)
            {
                Operations.Enqueue((operation.CorrelationId, operation.TraceId));
            }
        }
    }

    private sealed class Watching(Seen seen) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, pipeline) =>
            {
                if (http.Request.Path.StartsWithSegments("/upstream", StringComparison.Ordinal))
                {
                    seen.Upstream.Enqueue(http.Request.Headers[Header].ToString());
                }

                return pipeline(http);
            });
            next(app);
        };
    }

    private sealed class Failing : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, pipeline) => http.Request.Path == "/fails" ? throw new InvalidOperationException("no") : pipeline(http));
            next(app);
        };
    }
}
