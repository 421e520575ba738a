using Mcp.Monitoring.Errors.Sentry.Capture;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.StatusPage.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Hosting;

/// <summary>Hosted services of ours assume no order among themselves or beside the host's own.</summary>
[Collection(nameof(StaticMonitor))]
public sealed class ConcurrentServicesTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Host_whose_services_start_or_stop_at_once_has_all_of_monitoring_and_leaves_nothing(bool startsAtOnce, bool stopsAtOnce)
    {
        for (int i = 0; i < 10; i++)
        {
            using var log = new RecordedLogs();
            WebApplication app = Build(log, startsAtOnce, stopsAtOnce, services => services.AddHostedService<Yielding>());
            OperationMonitor monitor = app.Services.GetRequiredService<OperationMonitor>();

            await app.StartAsync(TestContext.Current.CancellationToken);

            Assert.Contains(monitor.ErrorSinks, sink => sink is ErrorCapture);
            Assert.Equal(3, monitor.ErrorSinks.Length);
            Assert.NotNull(McpMonitor.Configuration);
            using (HttpClient client = app.GetTestClient())
            {
                Assert.Contains("mcp_operations_total", await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }

            await app.StopAsync(TestContext.Current.CancellationToken);
            await app.DisposeAsync();

            Assert.IsType<RecentFailures>(Assert.Single(monitor.ErrorSinks));
            Assert.Null(McpMonitor.Configuration);
            Assert.DoesNotContain(log.Entries, entry => entry.Level >= LogLevel.Warning);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_fails_while_other_services_stop_is_still_counted_and_told(bool atOnce)
    {
        using var log = new RecordedLogs();
        WebApplication app = Build(log, atOnce, atOnce, services => services.AddHostedService<FailingAtTheEnd>());
        OperationMonitor monitor = app.Services.GetRequiredService<OperationMonitor>();
        var told = new Told();
        monitor.Add(told);
        await app.StartAsync(TestContext.Current.CancellationToken);

        await app.StopAsync(TestContext.Current.CancellationToken);
        await app.DisposeAsync();

        Assert.Equal(4, told.SinksAtLast);
    }

    [Fact]
    public async Task Sinks_that_come_and_go_at_once_are_all_kept_and_all_taken_away()
    {
        await using App app = await App.StartAsync(options => options.Alerts.Enabled = false);
        var monitor = (OperationMonitor)app.Monitor;
        ErrorSink[] sinks = [.. Enumerable.Range(0, 64).Select(_ => new Told())];

        Parallel.ForEach(sinks, monitor.Add);
        Assert.Equal(sinks.Length, monitor.ErrorSinks.Intersect(sinks).Count());

        Parallel.ForEach(sinks, monitor.Remove);
        Assert.Empty(monitor.ErrorSinks.Intersect(sinks));
    }

    private static WebApplication Build(RecordedLogs log, bool startsAtOnce, bool stopsAtOnce, Action<IServiceCollection> services)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "weather" });
        builder.WebHost.UseTestServer();
        builder.Logging.AddProvider(log);
        builder.Services.AddRouting();
        builder.Services.Configure<HostOptions>(options =>
        {
            options.ServicesStartConcurrently = startsAtOnce;
            options.ServicesStopConcurrently = stopsAtOnce;
        });
        services(builder.Services);
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Alerts.Storage.Path = ":memory:";
            options.Sentry.Dsn = "http://key@127.0.0.1:1/1";
        });
        WebApplication app = builder.Build();
        app.MapMcpMonitoring();
        return app;
    }

    private sealed class Told : ErrorSink
    {
        public int SinksAtLast { get; private set; }

        public override void Counted(in CountedError error) => SinksAtLast = error.Exception is TimeoutException ? FailingAtTheEnd.Sinks : 0;
    }

    private sealed class Yielding : IHostedLifecycleService
    {
        public async Task StartingAsync(CancellationToken cancellationToken) => await Task.Yield();

        public async Task StartAsync(CancellationToken cancellationToken) => await Task.Yield();

        public async Task StartedAsync(CancellationToken cancellationToken) => await Task.Yield();

        public async Task StoppingAsync(CancellationToken cancellationToken) => await Task.Yield();

        public async Task StopAsync(CancellationToken cancellationToken) => await Task.Yield();

        public async Task StoppedAsync(CancellationToken cancellationToken) => await Task.Yield();
    }

    private sealed class FailingAtTheEnd(IServiceProvider services) : IHostedService
    {
        public static int Sinks { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            OperationMonitor monitor = services.GetRequiredService<OperationMonitor>();
            Sinks = monitor.ErrorSinks.Length;
            monitor.RecordError(ErrorType.Timeout, "stop", new TimeoutException("at the end"));
        }
    }
}
