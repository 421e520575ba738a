using Mcp.Monitoring.Errors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Logging;

/// <summary>What is logged by sending comes never back as something to send.</summary>
public sealed class LoopTests : IDisposable
{
    private readonly SentryHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("Mcp.Monitoring", false)]
    [InlineData("Mcp.Monitoring.Errors.Sentry.SentryService", false)]
    [InlineData("System.Net.Http.HttpClient.Mcp.Monitoring.Sentry.LogicalHandler", false)]
    [InlineData("System.Net.Http.HttpClient.orders.LogicalHandler", true)]
    [InlineData("Mcp.MonitoringOfWeather", true)]
    [InlineData("Weather", true)]
    public void Own_loggers_are_off(string category, bool isOn)
    {
        ILogger logger = LoggerOf(category);

        logger.LogCritical("It failed.");

        Assert.Equal(isOn, logger.IsEnabled(LogLevel.Critical));
        Assert.Equal(isOn ? 1 : 0, _host.Sent().Count);
    }

    [Fact]
    public async Task What_the_work_of_sending_logs_is_no_event()
    {
        ILogger logger = LoggerOf("Weather");
        await Task.Run(async () =>
        {
            OwnWork.Begin();
            await Task.Yield();
            logger.LogError("The hook failed.");
        }, TestContext.Current.CancellationToken);

        logger.LogError("It failed.");

        Assert.Equal("It failed.", Assert.Single(_host.Sent()).Text);
    }

    [Fact]
    public void What_a_value_logs_while_it_is_read_is_no_event()
    {
        ILogger logger = LoggerOf("Weather");

        logger.LogError("It failed: {Value}", new Talking(logger));
        logger.LogError("Again.");

        Assert.Equal(["It failed: talk", "Again."], _host.Sent().Select(sent => sent.Text!), StringComparer.Ordinal);
    }

    private ILogger LoggerOf(string category) => _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    private sealed class Talking(ILogger logger)
    {
        public override string ToString()
        {
            logger.LogError("Written.");
            return "talk";
        }
    }
}
