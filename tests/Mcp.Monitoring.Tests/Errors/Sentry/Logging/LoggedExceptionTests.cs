using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Instrumentation.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Logging;

/// <summary>An exception that says itself how it is counted, and that nobody but a logger is told of.</summary>
public sealed class LoggedExceptionTests : IDisposable
{
    private readonly TestHost _host = new();

    private ILogger Logger => _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Weather.Poller");

    public void Dispose() => _host.Dispose();

    [Fact]
    public void It_is_counted_once_without_sentry()
    {
        var exception = new McpIntegrationException("1C is down");

        Logger.LogError(exception, "The poll failed.");
        Logger.LogCritical(exception, "Once more.");
        Logger.LogError(new InvalidOperationException("around", exception), "Wrapped.");

        Assert.Equal(1, Counted("integration", "server_error"));
        Assert.Equal(1, _host.Sum("mcp_errors_total"));
    }

    [Fact]
    public void Host_that_clears_its_logging_providers_afterwards_still_has_it_counted()
    {
        using var host = new TestHost(configure: null, services => services.AddMcpMonitoring().AddLogging(logging => logging.ClearProviders()));

        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Weather.Poller").LogError(new McpIntegrationException("1C is down"), "The poll failed.");

        Assert.Equal(1, host.Sum("mcp_errors_total"));
    }

    [Fact]
    public void One_that_wraps_it_counts_as_it()
    {
        Logger.LogError(new InvalidOperationException("around", new McpIntegrationException("1C is down")), "The poll failed.");

        Assert.Equal(1, Counted("integration", "server_error"));
    }

    [Fact]
    public void Fault_of_a_caller_is_counted_as_one()
    {
        Logger.LogError(new McpValidationException("no"), "Refused.");

        Assert.Equal(1, Counted("validation", "client_error"));
    }

    [Fact]
    public void Other_exceptions_and_lesser_levels_are_not_counted()
    {
        Logger.LogError(new HttpRequestException("down"), "The poll failed.");
        Logger.LogWarning(new McpIntegrationException("1C is slow"), "The poll is late.");

        Assert.Equal(0, _host.Sum("mcp_errors_total"));
    }

    [Fact]
    public void Within_an_operation_that_survives_it_is_not_counted()
    {
        using (OperationScope scope = _host.Monitor.Begin(OperationType.Function, "poll"))
        {
            Logger.LogError(new McpIntegrationException("1C is down"), "Once more.");
            scope.End(OperationOutcome.Success);
        }

        Assert.Equal(0, _host.Sum("mcp_errors_total"));
    }

    [Fact]
    public void One_that_an_operation_counted_is_not_counted_again()
    {
        var exception = new McpIntegrationException("1C is down");
        using (OperationScope scope = _host.Monitor.Begin(OperationType.Function, "poll"))
        {
            scope.Fail(exception);
        }

        OperationContext.Current = null;
        Logger.LogError(exception, "The poll failed.");

        Assert.Equal(1, _host.Sum("mcp_errors_total"));
        Assert.Equal(0, Counted("integration", "server_error"));
    }

    [Fact]
    public async Task Within_a_request_the_request_counts_it()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/", string (ILogger<WebApp> logger) =>
        {
            var exception = new McpIntegrationException("1C is down");
            logger.LogError(exception, "It failed.");
            throw exception;
        }));

        await app.SendAsync("/");

        app.HasCounted("http GET / 500 unary 1", "error http / server_error integration 1");
    }

    [Fact]
    public void Without_sentry_loggers_are_off_below_errors()
    {
        Assert.False(Logger.IsEnabled(LogLevel.Warning));
        Assert.True(Logger.IsEnabled(LogLevel.Error));
    }

    [Fact]
    public void Sentry_is_told_once_with_what_was_logged()
    {
        using var host = new SentryHost();

        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Weather.Poller").LogError(new McpIntegrationException("1C is down"), "The poll of {Base} failed.", "zup");

        Assert.Equal(("The poll of zup failed.", "integration"), (Assert.Single(host.Sent()).Text, host.Sent()[0].Tags["error_type"]));
        Assert.Equal(1, host.Host.Sum("mcp_errors_total"));
    }

    private double Counted(string type, string outcome) =>
        _host.Sum("mcp_errors_total", ("operation", "_background"), ("operation_type", "function"), ("error_type", type), ("outcome", outcome)) is var counted && double.IsNaN(counted) ? 0 : counted;
}
