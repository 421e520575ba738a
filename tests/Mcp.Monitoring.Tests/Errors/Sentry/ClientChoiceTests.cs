using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Errors.Sentry;
using Mcp.Monitoring.Errors.Sentry.Capture;
using Mcp.Monitoring.Errors.Sentry.Clients;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

[CollectionDefinition(nameof(ClientChoiceTests), DisableParallelization = true)]
[Collection(nameof(ClientChoiceTests))]
public class ClientChoiceTests
{
    public static TheoryData<SentryClientChoice, bool, bool, string> Choices() => new()
    {
        { SentryClientChoice.Auto, false, false, nameof(ClientInUse.Own) },
        { SentryClientChoice.Auto, true, true, nameof(ClientInUse.Host) },
        { SentryClientChoice.Auto, true, false, nameof(ClientInUse.Own) },
        { SentryClientChoice.BuiltIn, false, false, nameof(ClientInUse.Own) },
        { SentryClientChoice.BuiltIn, true, true, nameof(ClientInUse.Own) },
        { SentryClientChoice.None, false, false, nameof(ClientInUse.Nobody) },
        { SentryClientChoice.None, true, true, nameof(ClientInUse.Host) },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public async Task Client_of_the_host_sends_where_it_is_and_is_on_and_ours_where_it_is_not_or_is_told_to(SentryClientChoice client, bool isSdkThere, bool isSdkOn, string inUse)
    {
        await using App app = await App.StartAsync(
            options =>
            {
                options.Sentry.Dsn = SentryHost.Dsn;
                options.Sentry.Client = client;
            },
            services =>
            {
                services.AddSingleton<ErrorOutbox>(new FakeOutbox());
                if (isSdkThere)
                {
                    services.AddSingleton<IHub>(isSdkOn ? new RecordingHub() : global::Sentry.Extensibility.DisabledHub.Instance);
                }
            });

        Assert.Equal(inUse, app.Services.GetRequiredService<ErrorTracker>().InUse.ToString());
        Assert.Equal(inUse != nameof(ClientInUse.Nobody), McpMonitor.Sentry.IsEnabled);
        Assert.False(SentrySdk.IsEnabled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hub_of_the_host_is_used_in_whatever_order_it_was_registered(bool isFirst)
    {
        var own = new OwnHub();
        await using App app = await App.StartAsync(
            options =>
            {
                if (!isFirst)
                {
                    options.Sentry.Client = SentryClientChoice.None;
                }
            },
            services =>
            {
                if (!isFirst)
                {
                    services.AddMcpMonitoring();
                }

                services.AddSingleton<IHub>(new RecordingHub());
                services.AddSingleton<ISentryHub>(own);
            });

        app.Monitor.RecordError(ErrorType.Integration, "import", new HttpRequestException("no"));

        Assert.Same(own, McpMonitor.Sentry);
        await app.Services.GetRequiredService<ErrorOutbox>().FlushAsync(TimeSpan.FromSeconds(30));
        Assert.IsType<HttpRequestException>(Assert.Single(own.Captured).Exception);
    }

    [Fact]
    public async Task Hub_of_the_host_is_not_used_where_the_section_is_off()
    {
        var own = new OwnHub();
        await using App app = await App.StartAsync(options => options.Sentry.Enabled = false, services => services.AddSingleton<ISentryHub>(own));

        app.Monitor.RecordError(ErrorType.Integration, "import", new HttpRequestException("no"));

        Assert.Empty(own.Captured);
    }

    [Fact]
    public async Task Storm_is_kept_from_the_hub_of_the_host_as_well()
    {
        var own = new OwnHub();
        await using App app = await App.StartAsync(options => options.Sentry.EventsPerMinute = 3, services => services.AddSingleton<ISentryHub>(own));

        for (int i = 0; i < 10; i++)
        {
            app.Monitor.RecordError(ErrorType.Integration, "import", new HttpRequestException("no"));
        }

        await app.Services.GetRequiredService<ErrorOutbox>().FlushAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(3, own.Captured.Count);
        Assert.Equal(7, app.Registry.Dropped.With("sentry", DiscardReason.Repeated.Name()).Value);
    }

    [Fact]
    public async Task Nothing_is_told_of_errors_where_nothing_is_configured()
    {
        await using App app = await App.StartAsync();

        Assert.DoesNotContain(app.Services.GetRequiredService<OperationMonitor>().ErrorSinks, sink => sink is ErrorCapture);
        Assert.False(McpMonitor.Sentry.IsEnabled);
        Assert.Equal(SentryId.Empty, McpMonitor.Sentry.CaptureException(new InvalidOperationException()));
        McpMonitor.Sentry.StartTransaction("work", "task").StartChild("part").Dispose();
    }

    [Fact]
    public async Task What_waits_is_sent_when_the_host_stops_and_nothing_is_told_afterwards()
    {
        var outbox = new FakeOutbox();
        OperationMonitor monitor;
        await using (App app = await App.StartAsync(options => options.Sentry.Dsn = SentryHost.Dsn, services => services.AddSingleton<ErrorOutbox>(outbox)))
        {
            monitor = app.Services.GetRequiredService<OperationMonitor>();
            monitor.RecordError(ErrorType.Integration, "import");
            Assert.Empty(outbox.Sent);
            await app.Services.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Single(outbox.Sent);
        Assert.DoesNotContain(monitor.ErrorSinks, sink => sink is ErrorCapture);
        Assert.Same(NoSentryHub.Instance, McpMonitor.Sentry);
    }

    private sealed class OwnHub : ISentryHub
    {
        public List<SentryEvent> Captured { get; } = [];

        public bool IsEnabled => true;

        public SentryId CaptureEvent(SentryEvent sentryEvent)
        {
            Captured.Add(sentryEvent);
            return sentryEvent.EventId;
        }

        public void AddBreadcrumb(Breadcrumb breadcrumb)
        {
        }

        public void ConfigureScope(Action<Scope> configure)
        {
        }

        public Task<bool> FlushAsync(TimeSpan limit) => Task.FromResult(true);
    }
}
