using System.Diagnostics;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tracing.Export;
using Mcp.Monitoring.Tracing.Spans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tests.Tracing.Export;

/// <summary>Hosts that have OpenTelemetry's SDK themselves, and one that has not.</summary>
[Collection(nameof(Alone))]
public sealed class TracerProviderConfiguratorTests : IAsyncLifetime
{
    private readonly RecordedLogs _log = new();
    private readonly List<Activity> _exported = [];
    private readonly List<Metric> _metrics = [];
    private Collector _collector = null!;

    public async ValueTask InitializeAsync() => _collector = await Collector.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _collector.DisposeAsync();
        _log.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hosts_own_exporter_gets_our_spans_without_any_setting_whoever_is_added_first(bool isHostFirst)
    {
        Outcome outcome = await RunAsync(isHostFirst, Host);

        Assert.Equal(["work"], outcome.Spans);
        Assert.Equal((0, 1), (outcome.Queues, outcome.Providers));
        Assert.Empty(_log.Of("ProviderNotReached"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Receiver_of_our_settings_is_added_to_the_hosts_provider_once(bool isHostFirst)
    {
        Outcome outcome = await RunAsync(isHostFirst, Host, Address, addTwice: true);

        Assert.Equal(["work"], outcome.Spans);
        Assert.Equal((1, 1), (outcome.Queues, outcome.Providers));
        Assert.Equal("/v1/traces", Assert.Single(_collector.Paths));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")]
    public async Task Variable_that_the_host_follows_itself_adds_no_second_exporter(string variable)
    {
        Outcome outcome = await RunAsync(isHostFirst: true, Host, variable: variable);

        Assert.Equal(["work"], outcome.Spans);
        Assert.Equal(0, outcome.Queues);
        Assert.Empty(_collector.Paths);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Host_may_use_the_exporter_for_everything_beside_it(bool isHostFirst)
    {
        // AddOtlpExporter would throw here.
        Outcome outcome = await RunAsync(
            isHostFirst,
            services => services.AddOpenTelemetry().UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, new Uri(_collector.Address)).WithTracing(InMemory),
            Address);

        Assert.Equal(["work"], outcome.Spans);
        Assert.Equal(1, outcome.Queues);
    }

    [Fact]
    public async Task Host_samples_by_its_own_rules()
    {
        Outcome outcome = await RunAsync(
            isHostFirst: true,
            services => services.AddOpenTelemetry().WithTracing(builder => InMemoryBuilder(builder.SetSampler(new AlwaysOffSampler()))),
            options =>
            {
                Address(options);
                options.Otel.TracesSampleRate = 1;
            });

        Assert.Empty(outcome.Spans);
        Assert.Empty(_collector.Paths);
    }

    [Fact]
    public async Task Host_may_add_the_source_too_and_has_each_span_once()
    {
        Outcome outcome = await RunAsync(isHostFirst: true, services => services.AddOpenTelemetry().WithTracing(builder => InMemoryBuilder(builder.AddSource("Mcp.Monitoring"))));

        Assert.Equal(["work"], outcome.Spans);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Section_that_is_off_adds_nothing(bool isDisabled, bool isOff)
    {
        Outcome outcome = await RunAsync(isHostFirst: true, Host, options =>
        {
            Address(options);
            options.Otel.SdkDisabled = isDisabled;
            options.Otel.Enabled = isOff ? false : null;
        });

        Assert.Empty(outcome.Spans);
        Assert.Equal(0, outcome.Queues);
    }

    [Fact]
    public async Task Provider_that_the_host_made_by_hand_is_told_of_what_it_lacks()
    {
        Outcome outcome = await RunAsync(isHostFirst: true, services => services.AddSingleton(InMemoryBuilder(Sdk.CreateTracerProviderBuilder()).Build()), Address);

        Assert.Contains("TracerProvider", Assert.Single(_log.Of("ProviderNotReached")).Message, StringComparison.Ordinal);
        Assert.Equal(0, outcome.Queues);
    }

    [Fact]
    public async Task Host_with_metrics_alone_gets_a_provider_for_traces_from_us()
    {
        Outcome outcome = await RunAsync(isHostFirst: true, services => services.AddOpenTelemetry().WithMetrics(builder => builder.AddInMemoryExporter(_metrics)), Address);

        Assert.Equal((1, 1), (outcome.Queues, outcome.Providers));
        Assert.Equal("/v1/traces", Assert.Single(_collector.Paths));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hosts_meter_provider_gets_our_meters_and_our_push_when_metrics_are_sent(bool isHostFirst)
    {
        Outcome outcome = await RunAsync(
            isHostFirst,
            services => services.AddOpenTelemetry().WithMetrics(builder => builder.AddInMemoryExporter(_metrics)).WithTracing(InMemory),
            options =>
            {
                Address(options);
                options.Otel.Metrics = true;
            });

        Assert.Contains(_metrics, metric => metric.MeterName == "Mcp.Monitoring");
        Assert.Equal(["/v1/metrics", "/v1/traces"], (string[])[.. _collector.Paths.Order(StringComparer.Ordinal)]);
        Assert.Equal(["work"], outcome.Spans);
    }

    [Fact]
    public async Task Hosts_meter_provider_pushes_alone_where_a_variable_gave_the_address()
    {
        await RunAsync(
            isHostFirst: true,
            services => services.AddOpenTelemetry().WithMetrics(builder => builder.AddInMemoryExporter(_metrics)).WithTracing(InMemory),
            options => options.Otel.Metrics = true,
            variable: "OTEL_EXPORTER_OTLP_ENDPOINT");

        Assert.Contains(_metrics, metric => metric.MeterName == "Mcp.Monitoring");
        Assert.Empty(_collector.Paths);
    }

    [Fact]
    public async Task Host_without_an_SDK_has_one_of_ours_as_the_variable_says()
    {
        Outcome outcome = await RunAsync(isHostFirst: true, _ => { }, variable: "OTEL_EXPORTER_OTLP_ENDPOINT");

        Assert.Equal((1, 1), (outcome.Queues, outcome.Providers));
        Assert.Equal("/v1/traces", Assert.Single(_collector.Paths));
    }

    [Fact]
    public async Task Host_without_an_SDK_and_without_an_address_makes_no_span()
    {
        Outcome outcome = await RunAsync(isHostFirst: true, _ => { }, options => options.Otel.Sources = ["shop"]);

        Assert.Equal((0, 1), (outcome.Queues, outcome.Providers));
        Assert.Empty(_collector.Paths);
    }

    private void Host(IServiceCollection services) => services.AddOpenTelemetry().WithTracing(InMemory);

    private TracerProviderBuilder InMemoryBuilder(TracerProviderBuilder builder) => builder.AddInMemoryExporter(_exported);

    private void InMemory(TracerProviderBuilder builder) => InMemoryBuilder(builder);

    private void Address(McpMonitoringOptions options) => options.Otel.OtlpEndpoint = _collector.Address;

    private async Task<Outcome> RunAsync(
        bool isHostFirst, Action<IServiceCollection> addHosts, Action<McpMonitoringOptions>? configure = null, string? variable = null, bool addTwice = false)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(_log);
        if (isHostFirst)
        {
            addHosts(builder.Services);
        }

        builder.Services.AddMcpMonitoring(configure);
        if (addTwice)
        {
            builder.Services.AddMcpMonitoring();
        }

        if (!isHostFirst)
        {
            addHosts(builder.Services);
        }

        var sources = (SettingsSources)builder.Services.Single(service => service.ServiceType == typeof(SettingsSources)).ImplementationInstance!;
        sources.Variable = name => name == variable ? _collector.Address + (name.Contains("TRACES", StringComparison.Ordinal) ? "/v1/traces" : "") : null;

        ActivitySource own;
        int queues, providers;
        using (IHost host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            own = host.Services.GetRequiredService<OperationSpans>().Source;
            using (OperationScope work = host.Services.GetRequiredService<IMcpMonitor>().Begin(OperationType.Function, "work"))
            {
                work.End(OperationOutcome.Success);
            }

            queues = host.Services.GetRequiredService<SpanQueues>().Opened.Count;
            providers = host.Services.GetServices<TracerProvider>().Count();
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        // Tests beside this one have sources of the same name.
        return new Outcome([.. _exported.Where(span => span.Source == own).Select(span => span.DisplayName)], queues, providers);
    }

    private sealed record Outcome(string[] Spans, int Queues, int Providers);
}
