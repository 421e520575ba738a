using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Errors.Delivery;
using Mcp.Monitoring.Errors.Protocol;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>The client that sends, with its real HTTP and its real clock.</summary>
internal sealed class BuiltInClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public BuiltInClient(string address, SentryTransportSettings? settings = null)
    {
        _services = new ServiceCollection().AddLogging().AddMcpMonitoring().BuildServiceProvider();
        Assert.True(Dsn.TryParse(address, out Dsn? dsn, out string? problem), problem);
        var identity = new SentryIdentity("test", "weather@1.2.3", "host-1");
        Transport = new SentryTransport(
            dsn,
            new EnvelopeFactory(dsn, identity, static text => text.Replace("hunter2", "***", StringComparison.Ordinal), new InAppRules(["Mcp.Monitoring.IntegrationTests"], [])),
            Ready,
            EnvelopeClient.CreateHttp(),
            _services.GetRequiredService<MetricsRegistry>(),
            _services.GetRequiredService<InternalErrors>(),
            TimeProvider.System,
            _services.GetRequiredService<ILogger<SentryTransport>>(),
            settings ?? new SentryTransportSettings());
    }

    public SentryTransport Transport { get; }

    /// <summary>What the counter says of a reason.</summary>
    public long Dropped(string reason) => _services.GetRequiredService<MetricsRegistry>().Dropped.With("sentry", reason).Value;

    public async ValueTask DisposeAsync()
    {
        await Transport.StopAsync(TimeSpan.Zero);
        await _services.DisposeAsync();
    }

    private static SentryEvent? Ready(SentryEvent item, out DiscardReason reason)
    {
        reason = default;
        return item;
    }
}
