using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Errors.Sentry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring;

/// <summary>
/// <see cref="IMcpMonitor"/> for code that cannot take a dependency. It speaks for the host that started first and still runs; before one has started, and
/// after the last has stopped, every member does nothing. With several hosts in a process use <see cref="IMcpMonitor"/>.
/// </summary>
public static class McpMonitor
{
    private static readonly Lock Changing = new();
    private static readonly List<RunningHost> Running = [];
    private static volatile RunningHost? _first;

    /// <summary>Gets a copy of the settings in use, after the latest reload, made anew each time: a change to it has no effect, and a later reload does not
    /// change it.</summary>
    /// <value><see langword="null"/> before a host has started.</value>
    public static McpMonitoringOptions? Configuration => _first is { } host ? SettingsCopy.Of(host.Settings.Current) : null;

    /// <summary>Gets the correlation id of the request that the calling code serves.</summary>
    /// <value><see langword="null"/> outside an operation.</value>
    public static string? CorrelationId => Current?.CorrelationId;

    /// <summary>Gets where errors go, for what code wants to add to those that get there by themselves.</summary>
    /// <value>A hub that does nothing before a host has started, and where nothing is configured.</value>
    public static ISentryHub Sentry => _first?.Sentry ?? NoSentryHub.Instance;

    /// <summary>Gets the alerts, for code that raises its own and for what is to be done about all of them.</summary>
    /// <value>A manager that does nothing before a host has started, and where alerts are switched off.</value>
    public static IAlertManager Alerts => _first?.Alerts ?? NoAlertManager.Instance;

    /// <summary>Gets what the tools depend on, or <see langword="null"/> before a host has started.</summary>
    internal static IMcpDependencies? Dependencies => _first?.Dependencies.Value;

    private static IMcpMonitor? Current => _first?.Monitor;

    /// <summary>Begins an operation; see <see cref="IMcpMonitor.Begin"/>.</summary>
    /// <param name="type">What kind of work it is.</param>
    /// <param name="operation">Its name, from a fixed list of your own.</param>
    /// <returns>The scope to end.</returns>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    public static OperationScope Begin(OperationType type, string operation)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        return Current?.Begin(type, operation) ?? default;
    }

    /// <summary>Runs work as an operation; see <see cref="IMcpMonitor.RunAsync(OperationType, string, Func{CancellationToken, ValueTask}, CancellationToken)"/>.</summary>
    /// <param name="type">What kind of work it is.</param>
    /// <param name="operation">Its name, from a fixed list of your own.</param>
    /// <param name="work">The work; it is given <paramref name="cancellationToken"/>.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The work's own completion.</returns>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is <see langword="null"/>.</exception>
    public static ValueTask RunAsync(OperationType type, string operation, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        ArgumentNullException.ThrowIfNull(work);
        return Current is { } monitor ? monitor.RunAsync(type, operation, work, cancellationToken) : work(cancellationToken);
    }

    /// <summary>Runs work that has a result as an operation; see <see cref="IMcpMonitor.RunAsync{T}(OperationType, string, Func{CancellationToken, ValueTask{T}}, CancellationToken)"/>.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="type">What kind of work it is.</param>
    /// <param name="operation">Its name, from a fixed list of your own.</param>
    /// <param name="work">The work; it is given <paramref name="cancellationToken"/>.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The work's own result.</returns>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is <see langword="null"/>.</exception>
    public static ValueTask<T> RunAsync<T>(OperationType type, string operation, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        ArgumentNullException.ThrowIfNull(work);
        return Current is { } monitor ? monitor.RunAsync(type, operation, work, cancellationToken) : work(cancellationToken);
    }

    /// <summary>Counts an error that no exception carried; see <see cref="IMcpMonitor.RecordError(ErrorType, string, string?)"/>.</summary>
    /// <param name="type">The kind of error.</param>
    /// <param name="operation">The operation it belongs to when there is none around the call.</param>
    /// <param name="correlationId">The id it belongs to when there is no operation around the call; may be <see langword="null"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    public static void RecordError(ErrorType type, string operation, string? correlationId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        Current?.RecordError(type, operation, correlationId);
    }

    /// <summary>Counts an exception that the calling code handles itself; see <see cref="IMcpMonitor.RecordError(ErrorType, string, Exception)"/>.</summary>
    /// <param name="type">The kind of error.</param>
    /// <param name="operation">The operation it belongs to when there is none around the call.</param>
    /// <param name="exception">The exception.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    public static void RecordError(ErrorType type, string operation, Exception exception)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        ArgumentNullException.ThrowIfNull(exception);
        Current?.RecordError(type, operation, exception);
    }

    internal static void HostStarted(IMcpMonitor monitor, IServiceProvider services)
    {
        var host = new RunningHost(monitor, services.GetRequiredService<SettingsSource>(), services.GetRequiredService<ISentryHub>(), services.GetRequiredService<IAlertManager>(),
            new Lazy<IMcpDependencies>(services.GetRequiredService<IMcpDependencies>));
        Change(() => Running.Add(host));
    }

    internal static void HostStopped(IMcpMonitor monitor) => Change(() => Running.RemoveAll(host => host.Monitor == monitor));

    private static void Change(Action change)
    {
        lock (Changing)
        {
            change();
            _first = Running.FirstOrDefault();
            UnhandledExceptions.Watch(Current as OperationMonitor);
            MonitoredFunction.First = Current as OperationMonitor;
        }
    }

    private sealed record RunningHost(IMcpMonitor Monitor, SettingsSource Settings, ISentryHub Sentry, IAlertManager Alerts, Lazy<IMcpDependencies> Dependencies);
}
