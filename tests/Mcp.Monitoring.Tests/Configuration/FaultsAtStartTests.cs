using Mcp.Monitoring.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>Whatever kind of host it is, what is wrong with its settings is one line of the log each, and stops it.</summary>
public sealed class FaultsAtStartTests : IDisposable
{
    private readonly RecordedLogs _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Generic_host_logs_each_fault_once()
    {
        using IHost host = new HostBuilder().ConfigureServices(Add).Build();

        await StopsAsync(() => host.StartAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Application_builder_without_a_web_server_logs_each_fault_once()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Add(builder.Services);
        using IHost host = builder.Build();

        await StopsAsync(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value);
        AssertLogged();
    }

    [Fact]
    public async Task Web_application_logs_each_fault_once()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        Add(builder.Services);
        await using WebApplication app = builder.Build();

        await StopsAsync(() =>
        {
            app.MapMcpMonitoring();
            return app.StartAsync(TestContext.Current.CancellationToken);
        });
    }

    [Fact]
    public async Task Log_that_fails_hides_no_fault()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<ILoggerProvider, BrokenLogs>();
        builder.Services.AddMcpMonitoring(SetWrong);
        using IHost host = builder.Build();

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
    }

    private async Task StopsAsync(Func<Task> start)
    {
        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(start);

        Assert.Equal(3, exception.Failures.Count());
        Assert.Equal(exception.Failures, Logged());
        AssertLogged();
    }

    private void AssertLogged()
    {
        Assert.Equal(3, Logged().Length);
        Assert.All(_logs.Of("SettingInvalid"), entry => Assert.Equal(LogLevel.Critical, entry.Level));
        Assert.All(Logged(), fault => Assert.DoesNotContain('\n', fault));
    }

    private string[] Logged() => [.. _logs.Of("SettingInvalid").Select(entry => entry.Message)];

    private void Add(IServiceCollection services)
    {
        services.AddLogging(logging => logging.AddProvider(_logs));
        services.AddMcpMonitoring(SetWrong);
    }

    private static void SetWrong(McpMonitoringOptions options)
    {
        options.Prometheus.Port = 70_000;
        options.Prometheus.MetricsPrefix = "";
        options.Thresholds.ResponseTimeThresholdMs = 0;
    }

    private sealed class BrokenLogs : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Critical;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("no log");

        public void Dispose()
        {
        }
    }
}
