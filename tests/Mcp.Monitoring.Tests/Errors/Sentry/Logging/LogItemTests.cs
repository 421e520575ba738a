using System.Diagnostics;
using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Logging;

/// <summary>Log records as logs of Sentry.</summary>
public class LogItemTests
{
    [Fact]
    public void Logs_are_off_by_default()
    {
        using var host = new SentryHost();

        LoggerOf(host).LogCritical("It failed.");

        Assert.Empty(host.Outbox.Logs);
    }

    [Theory]
    [InlineData(LogLevel.Trace, "trace")]
    [InlineData(LogLevel.Debug, "debug")]
    [InlineData(LogLevel.Information, "info")]
    [InlineData(LogLevel.Warning, "warn")]
    [InlineData(LogLevel.Error, "error")]
    [InlineData(LogLevel.Critical, "fatal")]
    public void Record_from_the_level_on_is_an_item(LogLevel level, string expected)
    {
        using SentryHost host = Host(level);

        LoggerOf(host).Log(level, "It happened.");
        LoggerOf(host).Log(level - 1, "Less happened.");

        Assert.Equal(expected, Assert.Single(host.Outbox.Logs).Level.Name());
    }

    [Fact]
    public void Item_has_template_parameters_scopes_and_ids()
    {
        using SentryHost host = Host(LogLevel.Information);
        using Activity activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        OperationRecord record = host.Open("forecast", out int version);
        string id = host.Monitor.CorrelationId!;
        using (LoggerOf(host).BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["Tenant"] = "acme" }))
        {
            LoggerOf(host).LogInformation(new EventId(3), "Asked {Station} {Times} times with {ApiKey}.", "Oslo", 2, "k-123");
        }

        record.End(version, OperationOutcome.Success);

        LogItem item = Assert.Single(host.Outbox.Logs);
        Assert.Equal("Asked Oslo 2 times with ***.", item.Body);
        Assert.Equal((activity.TraceId.ToHexString(), host.Clock.GetUtcNow()), (item.TraceId, item.Timestamp));
        Dictionary<string, object> attributes = item.Attributes.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        Assert.Equal(
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sentry.origin"] = "auto.log.extensions_logging",
                ["logger.name"] = "Weather",
                ["sentry.message.template"] = "Asked {Station} {Times} times with {ApiKey}.",
                ["event.name"] = "3",
                ["correlation_id"] = id,
                ["operation"] = "forecast",
                ["session"] = "stateful",
                ["sentry.message.parameter.Station"] = "Oslo",
                ["sentry.message.parameter.Times"] = 2,
                ["sentry.message.parameter.ApiKey"] = "***",
                ["Tenant"] = "acme",
            }.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Item_has_the_trace_that_the_scopes_of_its_record_name()
    {
        const string Clients = "4bf92f3577b34da6a3ce929d0e0e4736";
        using SentryHost host = Host(LogLevel.Information);
        using Activity http = new Activity("POST /mcp").SetIdFormat(ActivityIdFormat.W3C).Start();
        ILogger logger = LoggerOf(host);

        using (logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["TraceId"] = http.TraceId.ToHexString() }))
        using (logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["TraceId"] = Clients }))
        {
            logger.LogError("\"forecast\" threw an unhandled exception.");
        }

        logger.LogError("Later.");

        Assert.Equal([(Clients, null), (http.TraceId.ToHexString(), http.SpanId.ToHexString())], host.Outbox.Logs.Select(item => (item.TraceId, item.SpanId)));
        Assert.DoesNotContain("TraceId", host.Outbox.Logs[0].Attributes.Select(pair => pair.Key), StringComparer.Ordinal);
    }

    private static SentryHost Host(LogLevel level) => new(
        options => options.LogsLevel = level, add: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace)));

    private static ILogger LoggerOf(SentryHost host) => host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Weather");
}
