using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Logging;

/// <summary>What becomes of a log record.</summary>
public sealed class LogEventTests : IDisposable
{
    private readonly SentryHost _host = new();

    private ILogger Logger => LoggerOf("Weather.Stations");

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Error_is_an_event_with_its_logger_template_parameters_and_scopes()
    {
        var exception = new InvalidOperationException("no");
        using (Logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["Tenant"] = "acme", ["Shard"] = 1 }))
        using (Logger.BeginScope("second pass"))
        {
            Logger.LogError(new EventId(7, "StationFailed"), exception, "Station {Station} failed after {Seconds} s.", "Oslo", 1.5);
        }

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.Equal("Weather.Stations", sent.Logger);
        Assert.Equal(SentryLevel.Error, sent.Level);
        Assert.Equal("Station Oslo failed after 1.5 s.", sent.Text);
        Assert.Equal("Station {Station} failed after {Seconds} s.", sent.MessageTemplate);
        Assert.Same(exception, sent.Exception);
        Assert.Equal(("Oslo", 1.5, "StationFailed"), (sent.Extra["Station"], sent.Extra["Seconds"], sent.Extra["EventId"]));
        Assert.Equal(("acme", 1L, "second pass"), (sent.Context("scopes")["Tenant"], sent.Context("scopes")["Shard"], sent.Context("scopes")["Scope"]));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(19)]
    public void Of_a_token_at_the_end_of_what_is_kept_no_half_is_left(int left)
    {
        // Made up, and put together here, so that no scanner of repositories takes it for a real one.
        string token = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789";
        string value = $"{new string('x', 1_024 - left - 1)} {token}";
        string message = $"{new string('x', 8_192 - left - 1)} {token}";

        Logger.Log(LogLevel.Error, default, new[] { KeyValuePair.Create<string, object?>("p", value) }, exception: null, (_, _) => message);

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.DoesNotContain(token[..4], sent.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token[..4], (string)sent.Extra["p"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogLevel.Critical, SentryLevel.Fatal)]
    [InlineData(LogLevel.Error, SentryLevel.Error)]
    public void Error_without_an_exception_is_an_event(LogLevel level, SentryLevel expected)
    {
        Logger.Log(level, "Disk {Disk} is full.", 7);

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.Equal(expected, sent.Level);
        Assert.Equal("Disk 7 is full.", sent.Text);
    }

    [Theory]
    [InlineData(LogLevel.Warning, BreadcrumbLevel.Warning)]
    [InlineData(LogLevel.Information, BreadcrumbLevel.Info)]
    public void Lesser_record_is_a_breadcrumb_of_the_next_event(LogLevel level, BreadcrumbLevel expected)
    {
        Logger.Log(level, new TimeoutException("late"), "Asked {Station}.", "Oslo");
        Assert.Empty(_host.Sent());

        Logger.LogError("It failed.");

        Breadcrumb crumb = Assert.Single(Assert.Single(_host.Sent()).Breadcrumbs);
        Assert.Equal(("Asked Oslo.", "Weather.Stations", expected), (crumb.Message, crumb.Category, crumb.Level));
        Assert.Equal(("System.TimeoutException", "late"), (crumb.Data!["exception_type"], crumb.Data["exception_message"]));
    }

    [Fact]
    public void Record_below_the_level_of_breadcrumbs_is_nothing()
    {
        using var host = new SentryHost(add: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace)));
        ILogger logger = LoggerOf("Weather", host);

        logger.LogDebug("Looked it up.");
        logger.LogError("It failed.");

        Assert.Empty(Assert.Single(host.Sent()).Breadcrumbs);
    }

    [Fact]
    public void Levels_are_options()
    {
        using var host = new SentryHost(options =>
        {
            options.EventLevel = LogLevel.Warning;
            options.BreadcrumbLevel = LogLevel.None;
        });
        ILogger logger = LoggerOf("Weather", host);

        logger.LogInformation("Asked.");
        logger.LogWarning("It is slow.");

        SentryEvent sent = Assert.Single(host.Sent());
        Assert.Equal("It is slow.", sent.Text);
        Assert.Empty(sent.Breadcrumbs);
    }

    [Fact]
    public void Secret_is_left_out_of_parameters_and_message()
    {
        Logger.LogError("Login of {User} with {Password} failed.", "bob", "correct horse");

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.Equal("Login of bob with *** failed.", sent.Text);
        Assert.Equal(("bob", "***"), (sent.Extra["User"], sent.Extra["Password"]));
    }

    [Fact]
    public void Parameters_are_few_and_short()
    {
        KeyValuePair<string, object?>[] many = [.. Enumerable.Range(0, 100).Select(i => KeyValuePair.Create<string, object?>($"p{i}", new string('x', 5_000)))];

        Logger.Log(LogLevel.Error, default, many, exception: null, static (_, _) => new string('y', 20_000));

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.InRange(sent.Extra.Count, 10, 32);
        Assert.All(sent.Extra.Values, value => Assert.InRange(((string)value!).Length, 0, 1_024));
        Assert.Equal(8_192, sent.Text!.Length);
    }

    [Fact]
    public void Record_in_an_operation_belongs_to_it()
    {
        OperationRecord record = _host.Open("forecast", out int version);
        string id = _host.Monitor.CorrelationId!;
        Logger.LogInformation("Asked.");
        Logger.LogError("It failed.");
        record.End(version, OperationOutcome.Success);

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.Equal((id, "forecast", "stateful"), (sent.Tags["correlation_id"], sent.Tags["mcp.tool.name"], sent.Tags["session"]));
        Assert.Equal("Asked.", Assert.Single(sent.Breadcrumbs).Message);
        Assert.DoesNotContain("scopes", sent.Contexts.Keys, StringComparer.Ordinal);
    }

    [Fact]
    public void Exception_of_an_operation_that_is_logged_after_it_is_one_event()
    {
        var exception = new InvalidOperationException("no");
        _host.Fail("forecast", exception);

        Logger.LogError(exception, "\"{ToolName}\" threw an unhandled exception.", "forecast");

        Assert.Equal("forecast", Assert.Single(_host.Sent()).Tags["mcp.tool.name"]);
    }

    [Fact]
    public void Exception_that_is_logged_twice_is_one_event()
    {
        var exception = new InvalidOperationException("no");

        Logger.LogError(exception, "Once.");
        Logger.LogError(new InvalidOperationException("around", exception), "Twice.");

        Assert.Equal("Once.", Assert.Single(_host.Sent()).Text);
    }

    [Fact]
    public void Fault_of_a_caller_is_a_breadcrumb()
    {
        Logger.LogError(new McpValidationException("no city"), "Refused.");
        Logger.LogError("It failed.");

        Assert.Equal("Refused.", Assert.Single(Assert.Single(_host.Sent()).Breadcrumbs).Message);
    }

    [Fact]
    public void Filter_rules_of_the_host_hold_for_it_by_its_alias()
    {
        using var host = new SentryHost(add: services => services.AddLogging(logging => logging.Services.Configure<LoggerFilterOptions>(options =>
            options.Rules.Add(new LoggerFilterRule("McpMonitoring", "Weather", LogLevel.Critical, filter: null)))));

        LoggerOf("Weather", host).LogError("It failed.");
        LoggerOf("Other", host).LogError("It failed, too.");

        Assert.Equal("It failed, too.", Assert.Single(host.Sent()).Text);
    }

    [Fact]
    public void Loggers_that_the_settings_name_are_left_out()
    {
        using var host = new SentryHost(options => options.IgnoreLoggers = ["Weather"]);

        LoggerOf("Weather.Stations", host).LogError("It failed.");

        Assert.Empty(host.Sent());
        Assert.False(LoggerOf("Weather.Stations", host).IsEnabled(LogLevel.Information));
    }

    [Fact]
    public void Value_that_cannot_be_read_is_a_failure_of_monitoring_only()
    {
        Logger.Log(LogLevel.Error, default, new[] { KeyValuePair.Create<string, object?>("Station", new Unreadable()) }, exception: null, static (_, _) => "It failed.");

        Assert.Empty(_host.Sent());
        Assert.Equal(1, _host.Host.Sample("mcp_monitoring_errors_total", ("component", "error_tracking")));
    }

    [Fact]
    public void After_the_end_nothing_is_captured()
    {
        _host.Tracker.Dispose();

        Logger.LogError("It failed.");

        Assert.Empty(_host.Sent());
        Assert.False(Logger.IsEnabled(LogLevel.Information));
    }

    private ILogger LoggerOf(string category) => LoggerOf(category, _host);

    private static ILogger LoggerOf(string category, SentryHost host) => host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    private sealed class Unreadable
    {
        public override string ToString() => throw new NotSupportedException();
    }
}
