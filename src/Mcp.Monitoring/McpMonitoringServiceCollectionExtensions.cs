using Mcp.Monitoring;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Errors.Sentry;
using Mcp.Monitoring.Hosting;
using Mcp.Monitoring.Instrumentation.Dependencies;
using Mcp.Monitoring.Instrumentation.Http;
using Mcp.Monitoring.Instrumentation.Logging;
using Mcp.Monitoring.Instrumentation.Mcp;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.OperationsTools;
using Mcp.Monitoring.StatusPage.Access;
using Mcp.Monitoring.StatusPage.Api;
using Mcp.Monitoring.StatusPage.Views;
using Mcp.Monitoring.Tracing.Export;
using Mcp.Monitoring.Tracing.Spans;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds monitoring to a host.</summary>
public static class McpMonitoringServiceCollectionExtensions
{
    /// <summary>
    /// Monitors every MCP tool, resource, prompt and protocol request of this host. The order relative to <c>AddMcpServer()</c> does not matter; calling it
    /// twice is the same as once, with both configurations applied. Settings come from the section <c>McpMonitoring</c> of the host's configuration, then from
    /// environment variables, then from <paramref name="configure"/>.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes the options; may be <see langword="null"/>. They are checked when the host starts, which fails with an
    /// <see cref="OptionsValidationException"/> that names every fault.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static IServiceCollection AddMcpMonitoring(this IServiceCollection services, Action<McpMonitoringOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        SourcesOf(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return services;
    }

    /// <summary>Monitors this host, with settings of a section of the configuration in place of the section <c>McpMonitoring</c>.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configuration">The section; of a whole configuration, its section <c>McpMonitoring</c>.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configuration"/> is <see langword="null"/>.</exception>
    public static IServiceCollection AddMcpMonitoring(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        SourcesOf(services).AddSection(configuration);
        return services;
    }

    /// <summary>
    /// Monitors this host, with settings of a file, over which the host's configuration, environment variables and code go. Keys are <c>snake_case</c>,
    /// <c>camelCase</c> or <c>PascalCase</c>. A change of the file is followed while the host runs, as far as a setting can be.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="path">The file, <c>.json</c>, <c>.yaml</c> or <c>.yml</c>, at most 256 KiB; relative to the content root.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is <see langword="null"/>, empty or has another ending.</exception>
    public static IServiceCollection AddMcpMonitoring(this IServiceCollection services, string path)
    {
        ArgumentNullException.ThrowIfNull(services);
        SettingsSources.RequireFile(path);
        SourcesOf(services).AddFile(path);
        return services;
    }

    /// <summary>
    /// Adds a ready circuit breaker: a pipeline of Polly that opens after 5 failures in a row, lets one call through 60 seconds later, and closes after 3 successes in a
    /// row; one failure in between opens it again. The numbers are <c>McpMonitoring:Thresholds:CircuitBreaker…</c> and follow a reload. Its state is in
    /// <c>mcp_circuit_breaker_state</c>, its alert is <c>McpCircuitBreakerOpen</c>. Take it from the services by its name:
    /// <code>
    /// services.AddMcpCircuitBreaker("orders");
    /// public class Orders([FromKeyedServices("orders")] ResiliencePipeline pipeline)
    /// </code>
    /// An HTTP client takes it by <c>services.AddHttpClient("1c").AddMcpMonitoring("1c").AddMcpCircuitBreaker("1c")</c>.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="dependency">The label <c>dependency</c>, a fixed name, and the key of the pipeline.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="dependency"/> is <see langword="null"/>, empty or white space.</exception>
    public static IServiceCollection AddMcpCircuitBreaker(this IServiceCollection services, string dependency)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(dependency);
        services.TryAddKeyedSingleton(dependency, static (provider, name) => DependenciesRegistration.CircuitBreakerOf(provider, (string)name!));
        return services;
    }

    // Registered as an instance, so that later calls find it.
    private static SettingsSources SourcesOf(IServiceCollection services)
    {
        if (services.FirstOrDefault(descriptor => descriptor.ServiceType == typeof(SettingsSources)) is { ImplementationInstance: SettingsSources known })
        {
            return known;
        }

        var sources = new SettingsSources();
        services.AddSingleton(sources);
        AddServices(services);
        return sources;
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddLogging();
        services.AddOptions<McpMonitoringOptions>().ValidateOnStart();
        services.AddSingleton<SettingsSource>();
        services.AddSingleton(provider => CopiesOf(provider.GetRequiredService<SettingsSource>()));
        services.AddSingleton<IOptionsFactory<McpMonitoringOptions>>(provider => provider.GetRequiredService<SettingsCopies>());
        services.AddSingleton<IOptions<McpMonitoringOptions>>(provider => provider.GetRequiredService<SettingsCopies>());
        services.AddSingleton<IOptionsMonitor<McpMonitoringOptions>>(provider => provider.GetRequiredService<SettingsCopies>());
        services.AddScoped<IOptionsSnapshot<McpMonitoringOptions>>(provider => SnapshotOf(provider.GetRequiredService<SettingsSource>()));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new MonitoringClock(provider.GetRequiredService<TimeProvider>()));

        services.AddOperations(
            provider => Options(provider).Thresholds,
            provider => Options(provider).Errors,
            ListenersOf,
            Connect);
        services.AddOperationMetrics(MetricsOf, BuildOf);
        services.AddMeters(MetricsOf);
        services.AddSpans(SpansOf);
        services.AddMcpServerInstrumentation(provider => Options(provider).Clients);
        services.AddLogScopes();
        services.AddHttpInstrumentation(provider => Options(provider).Http);
        services.AddDependencies(provider => Options(provider).Dependencies, provider => Options(provider).Thresholds);
        services.AddTraceExport(provider => Options(provider).Otel, MetricsOf, BuildOf);
        services.AddSingleton(provider => new ArtifactSource(provider.GetRequiredService<SettingsSource>(), provider.GetRequiredService<MetricsRegistry>(), ArtifactCatalogue.All));
        services.AddMonitoringHost(
            provider => Options(provider).Prometheus,
            (provider, path) => provider.GetRequiredService<SettingsSource>().NameOf(path),
            provider => provider.GetRequiredService<ArtifactSource>().All);
        services.AddStatusPageAccess(
            provider => Options(provider).StatusPage,
            (provider, path) => provider.GetRequiredService<SettingsSource>().NameOf(path),
            provider => provider.GetRequiredService<SettingsSource>().GoesOnWithoutPart());
        services.AddStatusPage(StatusSourcesOf, provider => Options(provider).StatusPage.ReadOnly);
        services.AddOperationsTools();
        services.AddSingleton(provider => new OwnSamples(
            () => Options(provider).Alerts.Enabled, () => NeedsSamples(provider), provider.GetRequiredService<MetricsPage>(), provider.GetRequiredService<InternalErrors>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<OwnSamples>());
        services.AddErrorTracking(provider => Options(provider).Sentry, SentryIdentityOf);
        services.AddAlerts(provider => AlertsOf(provider, Options(provider)));
        services.AddSingleton<IHostedService, SettingsReload>();
    }

    private static SettingsCopies CopiesOf(SettingsSource settings) => new(() => settings.Current, settings.GetChangeToken);

    // A reload in between changes nothing of a scope.
    private static SettingsCopies SnapshotOf(SettingsSource settings)
    {
        McpMonitoringOptions current = settings.Current;
        return new SettingsCopies(() => current, settings.GetChangeToken);
    }

    // The meter before the span ends; log scopes last, for they close after what observers log.
    private static IEnumerable<OperationListener> ListenersOf(IServiceProvider provider) =>
    [
        provider.GetRequiredService<MeterPublisher>(),
        provider.GetRequiredService<SpanSource>(),
        .. provider.GetServices<IOperationObserver>().Select(observer => new ObserverListener(observer)),
        .. LogScopesRegistration.PushedScopesOf(provider) is { } scopes ? [scopes] : Array.Empty<OperationListener>(),
    ];

    private static void Connect(IServiceProvider provider, OperationMonitor monitor)
    {
        MetricsRegistration.Connect(provider, monitor);
        LogScopesRegistration.Connect(provider, monitor);
        ErrorTrackingRegistration.Connect(provider, monitor);
        monitor.Add(provider.GetRequiredService<RecentFailures>());
        SettingsSource settings = provider.GetRequiredService<SettingsSource>();
        provider.GetRequiredService<MetricsRegistry>().Gauge(MetricNames.ConfigValid).With().Source = () => settings.IsValid ? 1 : 0;
    }

    private static McpMonitoringOptions Options(IServiceProvider provider) => provider.GetRequiredService<SettingsSource>().Current;

    private static MetricsOptions MetricsOf(IServiceProvider provider)
    {
        McpMonitoringOptions options = Options(provider);
        ThresholdOptions thresholds = options.Thresholds;
        return new MetricsOptions
        {
            Prefix = options.Prometheus.MetricsPrefix,
            ServiceLabel = options.Prometheus.ServiceLabel ? ServiceName(provider, options) : null,
            SeriesCap = options.Prometheus.SeriesCap,
            Exemplars = options.Prometheus.Exemplars,
            NativeHistograms = options.Prometheus.NativeHistograms,
            BridgedMeters = options.Prometheus.BridgedMeters,
            HostRegistries = options.Prometheus.HostRegistries,
            ExtraBuckets = [thresholds.ResponseTimeThresholdMs / 1000, thresholds.ResponseTimeAlertMs / 1000, .. SloDefinitions.Edges(options.Alerts, thresholds)],
            SlowSeconds = thresholds.ResponseTimeThresholdMs / 1000,
        };
    }

    private static SpanSettings SpansOf(IServiceProvider provider)
    {
        McpMonitoringOptions options = Options(provider);
        ClientChoice client = provider.GetRequiredService<ClientChoice>();
        bool isOurs = options.Otel.SendsSpans && TraceExportRegistration.IsSamplerOurs(provider);
        return new SpanSettings
        {
            Head = isOurs ? new HeadSampling(options.Otel.TracesSampleRate) : null,
            SkipsUnsampled = isOurs && !client.MayTrace(options.Sentry),
            IsHttpParent = options.Otel.TraceParentMode == TraceParentMode.HttpParent,
            RecordsExceptions = !client.IsSdkThere,
            KeptPerMinute = options.Otel.KeptFailuresPerMinute,
            SlowAfter = TimeSpan.FromMilliseconds(options.Thresholds.ResponseTimeThresholdMs),
        };
    }

    private static BuildInfo BuildOf(IServiceProvider provider)
    {
        McpMonitoringOptions options = Options(provider);
        return new BuildInfo(
            ServiceName(provider, options),
            options.Environment ?? provider.GetService<IHostEnvironment>()?.EnvironmentName ?? "");
    }

    /// <summary>Gets what alerts need to know of settings.</summary>
    internal static AlertSetup AlertsOf(IServiceProvider provider, McpMonitoringOptions options) => new(
        options.Alerts, options.Thresholds, ServiceName(provider, options), options.Prometheus.ServiceLabel, BuildInfo.ApplicationVersion, options.Prometheus.MetricsPrefix,
        options.Artifacts.RunbookUrl)
    {
        AcknowledgeLink = (number, openedAt) => !Options(provider).StatusPage.ReadOnly && provider.GetRequiredService<AcknowledgeTickets>().Make(new Ticket(number, openedAt)) is { } ticket
            ? AcknowledgeEndpoint.LinkOf(options.Alerts.PageUrl, ticket)
            : null,
    };

    private static StatusSources StatusSourcesOf(IServiceProvider provider)
    {
        MetricsRegistry registry = provider.GetRequiredService<MetricsRegistry>();
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        BuildInfo build = BuildOf(provider);
        return new StatusSources
        {
            Engine = () => provider.GetRequiredService<LazyAlerting>().Value?.Reader ?? provider.GetRequiredService<OwnSamples>().Reader,
            Operations = () => registry.Operations.All.ToArray(),
            Failures = provider.GetRequiredService<RecentFailures>(),
            Service = new ServiceView(build.Service, BuildInfo.ApplicationVersion ?? "", build.Environment, Environment.MachineName, registry.StartedAt, BuildInfo.LibraryVersion),
            TimeZone = () => TimeZones.Find(Options(provider).Alerts.TimeZone),
            Links = () => Options(provider).Links,
            Dashboard = () => Options(provider).Alerts.DashboardUrl,
            LatencyTarget = () => TimeSpan.FromMilliseconds(Options(provider).Thresholds.ResponseTimeThresholdMs),
            Coverage = () => CoverageOf(provider, Options(provider)),
            Settings = () => Options(provider).Export(),
            MetricsPrefix = Options(provider).Prometheus.MetricsPrefix,
            Time = time,
        };
    }

    private static Coverage CoverageOf(IServiceProvider provider, McpMonitoringOptions options) => new(
        options.Alerts.Enabled,
        options.Prometheus.Enabled,
        provider.GetRequiredService<ClientChoice>().Of(options.Sentry, provider) != ClientInUse.Nobody,
        options.Otel.SendsSpans,
        options.Alerts.Mode == AlertMode.Forward,
        options.Links.Trace is not null);

    private static bool NeedsSamples(IServiceProvider provider) =>
        Options(provider).StatusPage.Enabled ?? provider.GetService<IHostEnvironment>()?.IsDevelopment() == true;

    private static SentryIdentity SentryIdentityOf(IServiceProvider provider)
    {
        McpMonitoringOptions options = Options(provider);
        return IdentityOfHost.Of(options.Sentry, BuildOf(provider).Environment, ServiceName(provider, options));
    }

    private static string ServiceName(IServiceProvider provider, McpMonitoringOptions options) =>
        options.Prometheus.ServiceName ?? provider.GetService<IHostEnvironment>()?.ApplicationName ?? AppDomain.CurrentDomain.FriendlyName;
}
