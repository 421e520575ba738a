using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;
using Sentry;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>A failure is one event with the same story on it, whoever sends it and whatever has logged it before.</summary>
[CollectionDefinition(nameof(HostStoryTests), DisableParallelization = true)]
[Collection(nameof(HostStoryTests))]
public sealed class HostStoryTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736", Parent = "00f067aa0ba902b7", Ticket = "ticket-7";
    private const string UseSentry = "UseSentry", Init = "SentrySdk.Init", Own = "own client";

    private static readonly string[] Shown = ["fingerprint", "logentry", "logger", "transaction"];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(UseSentry, "throws")]
    [InlineData(UseSentry, "logs_and_throws")]
    [InlineData(Init, "throws")]
    [InlineData(Init, "logs_and_throws")]
    [InlineData(Own, "throws")]
    [InlineData(Own, "logs_and_throws")]
    public async Task Failure_is_one_event_with_the_ids_of_the_client(string sender, string tool)
    {
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        using IDisposable? sdk = sender == Init ? SentrySdk.Init(options => SetUp(options, sink)) : null;
        await using (Sample sample = await Sample.StartAsync(builder => SetUp(builder, sink, sender)))
        {
            using HttpResponseMessage answer = await CallAsync(sample, tool);
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            await FlushAsync(sample.Services);
        }

        JsonElement sent = Assert.Single(sink.Events);
        JsonElement tags = sent.GetProperty("tags");
        Assert.Equal(("tools", tool, "internal", "server_error", Ticket), (Text(tags, "operation_type"), Text(tags, "operation"), Text(tags, "error_type"), Text(tags, "outcome"), Text(tags, "correlation_id")));
        Assert.Equal(Trace, Text(sent.GetProperty("contexts").GetProperty("trace"), "trace_id"));
        Assert.Equal(["tools " + tool, "internal", "System.InvalidOperationException"], sent.GetProperty("fingerprint").EnumerateArray().Take(3).Select(part => part.GetString()!), StringComparer.Ordinal);
        JsonElement exception = Assert.Single(sent.GetProperty("exception").GetProperty("values").EnumerateArray());
        Assert.Equal("no label: Password=***", Text(exception, "value"));
        Assert.True(exception.GetProperty("stacktrace").GetProperty("frames").GetArrayLength() > 0);
        Assert.Equal(sender == Init, SentrySdk.IsEnabled && sender != UseSentry);
    }

    [Theory]
    [InlineData(UseSentry)]
    [InlineData(Init)]
    [InlineData(Own)]
    public async Task Rest_of_a_minute_is_told_in_one_event(string sender)
    {
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        using IDisposable? sdk = sender == Init ? SentrySdk.Init(options => SetUp(options, sink)) : null;
        await using (Sample sample = await Sample.StartAsync(builder => SetUp(builder, sink, sender)))
        {
            for (int i = 0; i < 30; i++)
            {
                using HttpResponseMessage answer = await CallAsync(sample, "throws");
            }
        }

        SentrySdk.Flush(Limit);
        Assert.True(sink.Events.Count == 11, string.Join('\n', sink.Events.Select(Told)));
        JsonElement summary = Assert.Single(sink.Events, one => one.TryGetProperty("logentry", out JsonElement entry) && Text(entry, "formatted")?.Contains("more within a minute", StringComparison.Ordinal) == true);
        Assert.Equal("20 more within a minute: System.InvalidOperationException", Text(summary.GetProperty("logentry"), "formatted"));
        Assert.Equal("throws", Text(summary.GetProperty("tags"), "operation"));
    }

    [Theory]
    [InlineData(LogLevel.Error, 2)]
    [InlineData(LogLevel.Critical, 1)]
    public async Task Level_from_which_the_host_wants_events_of_its_log_stays(LogLevel lowest, int events)
    {
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        await using (Sample sample = await Sample.StartAsync(builder =>
        {
            SetUp(builder, sink, UseSentry);
            builder.WebHost.UseSentry(options => options.MinimumEventLevel = lowest);
        }))
        {
            ILogger logger = sample.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Prices");
            logger.LogError(new InvalidOperationException("never thrown"), "It failed.");
            logger.LogCritical(new InvalidOperationException("never thrown either"), "It failed.");
            await FlushAsync(sample.Services);
        }

        Assert.Equal(events, sink.Events.Count);
    }

    [Fact]
    public async Task Host_that_stops_leaves_the_client_of_another_alone()
    {
        await using EnvelopeSink one = await EnvelopeSink.StartAsync(), two = await EnvelopeSink.StartAsync();
        await using (Sample second = await Sample.StartAsync(builder => SetUp(builder, two, Own)))
        {
            await using (Sample first = await Sample.StartAsync(builder => SetUp(builder, one, Own)))
            {
                using HttpResponseMessage answer = await CallAsync(first, "throws");
                Assert.False(SentrySdk.IsEnabled);
            }

            using HttpResponseMessage later = await CallAsync(second, "logs_and_throws");
        }

        Assert.Equal("throws", Text(Assert.Single(one.Events).GetProperty("tags"), "operation"));
        Assert.Equal("logs_and_throws", Text(Assert.Single(two.Events).GetProperty("tags"), "operation"));
        Assert.False(SentrySdk.IsEnabled);
    }

    private static void SetUp(WebApplicationBuilder builder, EnvelopeSink sink, string sender)
    {
        if (sender == UseSentry)
        {
            builder.WebHost.UseSentry(options => SetUp(options, sink));
        }

        builder.Services.AddMcpServer().WithTools<FailingTools>();
        builder.Services.AddMcpMonitoring(options => options.Sentry.Dsn = sender == Own ? sink.Dsn : null);
    }

    private static void SetUp(global::Sentry.SentryOptions options, EnvelopeSink sink)
    {
        options.Dsn = sink.Dsn;
        options.AutoSessionTracking = false;
        options.DisableFileWrite = true;
    }

    private static async Task FlushAsync(IServiceProvider services)
    {
        await services.GetRequiredService<Mcp.Monitoring.Errors.ISentryHub>().FlushAsync(Limit);
        await SentrySdk.FlushAsync(Limit);
    }

    private static async Task<HttpResponseMessage> CallAsync(Sample sample, string tool)
    {
        string body = $$"""
            { "jsonrpc": "2.0", "id": 7, "method": "tools/call",
              "params": { "name": "{{tool}}", "arguments": {}, "_meta": { "traceparent": "00-{{Trace}}-{{Parent}}-01" } } }
            """;
        using var request = new HttpRequestMessage(HttpMethod.Post, sample.Mcp) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        request.Headers.Add("X-Correlation-ID", Ticket);
        return await sample.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Told(JsonElement one) =>
        string.Join(" | ", Shown.Select(name => one.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : "-"));

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    internal sealed class FailingTools(ILoggerFactory loggers)
    {
        [McpServerTool(Name = "throws"), Description("Fails.")]
        public static string Fail() => throw new InvalidOperationException("no label: Password=hunter2");

        [McpServerTool(Name = "logs_and_throws"), Description("Logs what went wrong, and fails.")]
        public string LogAndFail()
        {
            var exception = new InvalidOperationException("no label: Password=hunter2");
            loggers.CreateLogger("Shop.Prices").LogError(exception, "It failed.");
            throw exception;
        }
    }
}
