using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>Makes the one who sends, on the thread of the loop.</summary>
internal sealed class SinkFactory(IServiceProvider provider, ClientChoice choice, SentryOptions options)
{
    public IErrorSink Create(CancellationToken stop)
    {
        EventFinisher finisher = provider.GetRequiredService<EventFinisher>();
        DiscardCounts discards = provider.GetRequiredService<DiscardCounts>();
        return choice.Of(options, provider) switch
        {
            ClientInUse.HubOfHost => new HubOfHost(provider.GetRequiredService<ISentryHub>, finisher, discards),
            ClientInUse.Host when ClientChoice.HubOf(provider) is { } hub => new HostClient(hub, finisher, discards),
            _ => Own(finisher, discards, stop),
        };
    }

    /// <summary>A client that nobody else sees: no span, no correlation header, no cookie, no redirect that could take the key elsewhere.</summary>
    public static HttpMessageInvoker CreateHttp() =>
        new(
            new SocketsHttpHandler
            {
                ActivityHeadersPropagator = null,
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                MaxConnectionsPerServer = 2,
                MaxResponseDrainSize = 4_096,
            },
            disposeHandler: true);

    private OwnClient Own(EventFinisher finisher, DiscardCounts discards, CancellationToken stop)
    {
        if (!Dsn.TryParse(options.Dsn, out Dsn? dsn, out string? problem))
        {
            throw new InvalidOperationException($"McpMonitoring:Sentry:Dsn {problem}.");
        }

        SentryIdentity identity = provider.GetRequiredService<SentryIdentity>();
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        ILogger logger = provider.GetRequiredService<ILogger<RetryingTransport>>();
        string? cache = provider.GetRequiredService<CacheDirectory>().Path;
        var log = new DiagnosticLog(provider.GetRequiredService<InternalErrors>(), logger, options.Debug);
        global::Sentry.SentryOptions settings = ClientSettings.Of(options, identity, log, cache);
        return new OwnClient(
            settings,
            finisher,
            new ScrubbedText(SecretScrubber.Scrub),
            identity,
            inFlight => new RetryingTransport(
                settings, CreateHttp(), inFlight, discards, new DeliveryLog(logger, dsn.Endpoint.Authority, time), time, isCached: cache is not null, stop),
            discards,
            dsn.PublicKey,
            stop);
    }
}
