using System.IO.Compression;
using System.Net;
using System.Text;
using Mcp.Monitoring.Hosting;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Tests.Metrics;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.Hosting;

public class MetricsEndpointTests
{
    private static readonly MetricDefinition Test = new("mcp_test_total", MetricKind.Counter, "A test.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, 0, "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("*/*", 0, "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("application/openmetrics-text;version=1.0.0", 1, "application/openmetrics-text; version=1.0.0; charset=utf-8")]
    public async Task Answer_is_in_the_format_that_its_type_says(string? accept, int format, string type)
    {
        await using App app = await App.StartAsync();

        using HttpResponseMessage response = await SendAsync(app, HttpMethod.Get, ("Accept", accept));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.ToString());
        Assert.NotEmpty(ExpositionParser.Parse(await response.Content.ReadAsStringAsync(Cancellation), (ExpositionFormat)format));
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("Accept, Accept-Encoding", string.Join(", ", response.Headers.Vary));
        Assert.NotNull(response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Gzip_holds_the_same_text()
    {
        await using App app = await App.StartAsync();

        using HttpResponseMessage response = await SendAsync(app, HttpMethod.Get, ("Accept-Encoding", "gzip"));

        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        await using var gzip = new GZipStream(await response.Content.ReadAsStreamAsync(Cancellation), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        Assert.NotEmpty(ExpositionParser.Parse(await reader.ReadToEndAsync(Cancellation), ExpositionFormat.Text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task Messages_are_sent_where_they_are_on(string? encodings)
    {
        await using App app = await App.StartAsync(options => options.Prometheus.NativeHistograms = true);

        using HttpResponseMessage response = await SendAsync(app, HttpMethod.Get, ("Accept", AcceptHeader.ProtobufType), ("Accept-Encoding", encodings));

        Assert.Equal("application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited", response.Content.Headers.ContentType?.ToString());
        using var page = new MemoryStream();
        await using Stream body = await response.Content.ReadAsStreamAsync(Cancellation);
        await using Stream read = encodings is null ? body : new GZipStream(body, CompressionMode.Decompress);
        await read.CopyToAsync(page, Cancellation);
        Assert.Contains(MessageReader.Families(page.ToArray()), family => family.Name == "mcp_start_time_seconds");
    }

    [Fact]
    public async Task Text_is_sent_to_whoever_wants_messages_where_they_are_off()
    {
        await using App app = await App.StartAsync();

        using HttpResponseMessage response = await SendAsync(app, HttpMethod.Get, ("Accept", AcceptHeader.ProtobufType));

        Assert.Equal(AcceptHeader.TextType, response.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("gzip;q=0")]
    [InlineData("*;q=0")]
    [InlineData("br")]
    [InlineData(null)]
    public async Task Text_is_plain_for_whoever_does_not_take_gzip(string? encodings)
    {
        await using App app = await App.StartAsync();

        using HttpResponseMessage response = await SendAsync(app, HttpMethod.Get, ("Accept-Encoding", encodings));

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.StartsWith("# HELP", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task Head_has_the_headers_of_get_and_no_body(string? encodings)
    {
        await using App app = await App.StartAsync();
        using HttpResponseMessage get = await SendAsync(app, HttpMethod.Get, ("Accept-Encoding", encodings));

        using HttpResponseMessage head = await SendAsync(app, HttpMethod.Head, ("Accept-Encoding", encodings));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(string.Join(',', get.Content.Headers.ContentEncoding), string.Join(',', head.Content.Headers.ContentEncoding));
        Assert.Equal(encodings is null, head.Content.Headers.ContentLength > 1000);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Next_scrape_does_not_wait_for_a_scraper_that_does_not_read()
    {
        var registry = new MetricsRegistry(new MetricsOptions(), ClockOf.Ticks(10_000_000));
        Counter counter = registry.Counter(Test).With();
        using var endpoint = new MetricsEndpoint(new MetricsPage(registry));
        using var slow = new GatedBody();
        using var quick = new MemoryStream();

        Task first = endpoint.InvokeAsync(To(slow));
        await slow.Reached.WaitAsync(Cancellation);
        counter.Increment();
        HttpContext second = To(quick);
        await endpoint.InvokeAsync(second);
        slow.LetGo();
        await first;

        Assert.Equal(200, second.Response.StatusCode);
        Assert.EndsWith("mcp_test_total 1\n", Encoding.UTF8.GetString(quick.ToArray()), StringComparison.Ordinal);
        Assert.EndsWith("mcp_test_total 0\n", Encoding.UTF8.GetString(slow.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrape_that_cannot_render_within_a_second_is_told_to_come_again()
    {
        var registry = new MetricsRegistry(new MetricsOptions(), ClockOf.Ticks(10_000_000));
        using var rendering = new SemaphoreSlim(0);
        using var done = new ManualResetEventSlim();
        registry.Counter(Test).With().Source = () =>
        {
            rendering.Release();
            done.Wait(Cancellation);
            return 1;
        };
        using var endpoint = new MetricsEndpoint(new MetricsPage(registry));
        using var body = new MemoryStream();
        using var none = new MemoryStream();
        HttpContext first = To(body);
        HttpContext second = To(none);

        Task rendered = Task.Run(() => endpoint.InvokeAsync(first), Cancellation);
        await rendering.WaitAsync(Cancellation);
        await endpoint.InvokeAsync(second);
        done.Set();
        await rendered;

        Assert.Equal(503, second.Response.StatusCode);
        Assert.Equal("1", second.Response.Headers.RetryAfter);
        Assert.Equal(0, none.Length);
        Assert.Equal(200, first.Response.StatusCode);
        Assert.EndsWith("mcp_test_total 1\n", Encoding.UTF8.GetString(body.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrape_that_failed_does_not_block_the_next()
    {
        var registry = new MetricsRegistry(new MetricsOptions(), ClockOf.Ticks(10_000_000));
        bool fails = true;
        registry.Counter(Test).With().Source = () => fails ? throw new InvalidOperationException() : 1;
        using var endpoint = new MetricsEndpoint(new MetricsPage(registry));
        using var body = new MemoryStream();
        await Assert.ThrowsAsync<InvalidOperationException>(() => endpoint.InvokeAsync(To(new MemoryStream())));

        fails = false;
        await endpoint.InvokeAsync(To(body));

        Assert.NotEmpty(ExpositionParser.Parse(Encoding.UTF8.GetString(body.ToArray()), ExpositionFormat.Text));
    }

    [Fact]
    public async Task Scraper_that_leaves_does_not_block_the_next()
    {
        var registry = new MetricsRegistry(new MetricsOptions(), ClockOf.Ticks(10_000_000));
        using var endpoint = new MetricsEndpoint(new MetricsPage(registry));
        using var left = new CancellationTokenSource();
        using var slow = new GatedBody();
        using var body = new MemoryStream();
        HttpContext leaving = To(slow);
        leaving.RequestAborted = left.Token;
        Task first = endpoint.InvokeAsync(leaving);
        await slow.Reached.WaitAsync(Cancellation);

        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await endpoint.InvokeAsync(To(body));

        Assert.NotEmpty(ExpositionParser.Parse(Encoding.UTF8.GetString(body.ToArray()), ExpositionFormat.Text));
    }

    private static DefaultHttpContext To(Stream body)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Get;
        context.Response.Body = body;
        return context;
    }

    private static async Task<HttpResponseMessage> SendAsync(App app, HttpMethod method, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/metrics");
        foreach ((string name, string? value) in headers)
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        return await app.Client.SendAsync(request, Cancellation);
    }
}
