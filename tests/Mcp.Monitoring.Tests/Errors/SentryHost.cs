using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Errors.Sentry;
using Mcp.Monitoring.Errors.Sentry.Clients;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sentry;
using SentryOptions = Mcp.Monitoring.Errors.SentryOptions;

namespace Mcp.Monitoring.Tests.Errors;

/// <summary>A host whose errors go to Sentry, as far as the outbox.</summary>
internal sealed class SentryHost : IDisposable
{
    public const string Dsn = "https://public@sentry.example.com/1";

    private readonly TestHost _host;
    private readonly ErrorTracker _tracker;

    public SentryHost(Action<SentryOptions>? configure = null, FakeOutbox? outbox = null, Action<IServiceCollection>? add = null)
    {
        Outbox = outbox ?? new FakeOutbox();
        _host = new TestHost(
            options =>
            {
                options.Sentry.Dsn = Dsn;
                configure?.Invoke(options.Sentry);
            },
            services =>
            {
                services.AddSingleton<ErrorOutbox>(Outbox);
                add?.Invoke(services);
            });
        Outbox.Finisher = _host.Services.GetRequiredService<EventFinisher>();
        Outbox.Settings = ClientSettings.Of(_host.Services.GetRequiredService<SettingsSource>().Current.Sentry, _host.Services.GetRequiredService<SentryIdentity>(), log: null);
        _tracker = _host.Services.GetRequiredService<ErrorTracker>();
        _tracker.Start();
    }

    public FakeOutbox Outbox { get; }

    public IServiceProvider Services => _host.Services;

    public TestHost Host => _host;

    public FakeTimeProvider Clock => _host.Clock;

    public OperationMonitor Monitor => _host.Monitor;

    public ErrorTracker Tracker => _tracker;

    public ISentryHub Hub => Services.GetRequiredService<ISentryHub>();

    /// <summary>Sends what is waiting.</summary>
    /// <returns>Everything that was sent.</returns>
    public IReadOnlyList<SentryEvent> Sent() => Outbox.Send();

    /// <summary>Opens the record of an MCP request, as the doors do.</summary>
    public OperationRecord Open(string tool, out int version) => Open(tool, CancellationToken.None, out version);

    public OperationRecord Open(string tool, CancellationToken callerToken, out int version) =>
        Monitor.OpenRequest(_host.Operation(OperationType.Tools, tool), new ToolCall(), message: new object(), meta: null, callerToken, out version);

    public void Fail(string tool, Exception exception)
    {
        OperationRecord record = Open(tool, out int version);
        record.Fail(version, exception);
        OperationContext.Current = null;
    }

    public void Dispose()
    {
        _tracker.Dispose();
        _host.Dispose();
        OperationContext.Current = null;
    }
}
