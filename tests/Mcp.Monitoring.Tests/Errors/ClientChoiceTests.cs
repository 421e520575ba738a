using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Errors.Capture;
using Mcp.Monitoring.Errors.Delivery;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Tests.Errors;

[CollectionDefinition(nameof(ClientChoiceTests), DisableParallelization = true)]
[Collection(nameof(ClientChoiceTests))]
public class ClientChoiceTests
{
    private const string LeftToOfficial = "LeftToOfficialClient";

    public static TheoryData<SentryClient, bool, bool> Choices() => new()
    {
        { SentryClient.Auto, false, true },
        { SentryClient.Auto, true, false },
        { SentryClient.BuiltIn, false, true },
        { SentryClient.BuiltIn, true, true },
        { SentryClient.None, false, false },
        { SentryClient.None, true, false },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public async Task Built_in_client_stays_out_where_sentrys_own_SDK_is_or_where_it_is_told_to(SentryClient client, bool isOfficialThere, bool isBuiltIn)
    {
        await using App app = await App.StartAsync(
            options =>
            {
                options.Sentry.Dsn = SentryHost.Dsn;
                options.Sentry.Client = client;
            },
            services =>
            {
                if (isOfficialThere)
                {
                    services.AddSingleton<Sentry.IHub, Sentry.Hub>();
                }
            });

        Assert.Equal(isBuiltIn ? ClientInUse.BuiltIn : ClientInUse.Nobody, app.Services.GetRequiredService<ErrorTracker>().InUse);
        Assert.Equal(isBuiltIn, McpMonitor.Sentry.IsEnabled);
        Assert.Equal(isOfficialThere && client == SentryClient.Auto ? 1 : 0, app.Logs.Of(LeftToOfficial).Count());
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
                    options.Sentry.Client = SentryClient.None;
                }
            },
            services =>
            {
                if (!isFirst)
                {
                    services.AddMcpMonitoring();
                }

                services.AddSingleton<Sentry.IHub, Sentry.Hub>();
                services.AddSingleton<ISentryHub>(own);
            });

        app.Monitor.RecordError(ErrorType.Integration, "import", new HttpRequestException("no"));

        Assert.Same(own, McpMonitor.Sentry);
        Assert.IsType<HttpRequestException>(Assert.Single(own.Captured).Exception);
        Assert.Empty(app.Logs.Of(LeftToOfficial));
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

        Assert.Equal(3, own.Captured.Count);
        Assert.Equal(7, app.Registry.Dropped.With("sentry", DiscardReason.Repeated.Name()).Value);
    }

    [Fact]
    public async Task Nothing_is_told_of_errors_where_nothing_is_configured()
    {
        await using App app = await App.StartAsync();

        Assert.DoesNotContain(app.Services.GetRequiredService<OperationMonitor>().ErrorSinks, sink => sink is SentryErrors);
        Assert.False(McpMonitor.Sentry.IsEnabled);
        Assert.Null(McpMonitor.Sentry.CaptureException(new InvalidOperationException()));
        McpMonitor.Sentry.StartTransaction("work", "task").StartChild("part").Dispose();
    }

    [Fact]
    public async Task What_waits_is_sent_when_the_host_stops_and_nothing_is_told_afterwards()
    {
        var outbox = new FakeOutbox();
        OperationMonitor monitor;
        await using (App app = await App.StartAsync(options => options.Sentry.Dsn = SentryHost.Dsn, services => services.AddSingleton<SentryOutbox>(outbox)))
        {
            monitor = app.Services.GetRequiredService<OperationMonitor>();
            monitor.RecordError(ErrorType.Integration, "import");
            Assert.Empty(outbox.Sent);
            await app.Services.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Single(outbox.Sent);
        Assert.DoesNotContain(monitor.ErrorSinks, sink => sink is SentryErrors);
        Assert.Same(NoSentryHub.Instance, McpMonitor.Sentry);
    }

    private sealed class OwnHub : ISentryHub
    {
        public List<SentryEvent> Captured { get; } = [];

        public bool IsEnabled => true;

        public string? CaptureEvent(SentryEvent sentryEvent)
        {
            Captured.Add(sentryEvent);
            return sentryEvent.EventId;
        }

        public void AddBreadcrumb(SentryBreadcrumb breadcrumb)
        {
        }

        public void ConfigureScope(Action<SentryScope> configure)
        {
        }

        public Task<bool> FlushAsync(TimeSpan limit) => Task.FromResult(true);
    }
}
