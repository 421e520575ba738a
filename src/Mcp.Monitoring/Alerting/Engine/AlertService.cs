using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Has alerts judged while the host runs.</summary>
/// <param name="alerting">What they are made of; <see langword="null"/> where they are switched off.</param>
/// <param name="monitor">Who tells of errors.</param>
/// <param name="time">The clock.</param>
internal sealed class AlertService(Func<AlertingRuntime?> alerting, OperationMonitor monitor, TimeProvider time) : IHostedLifecycleService
{
    private AlertingRuntime? _running;

    // A file that opens at once does so before anybody looks at the numbers; one that does not holds up no start.
    private static readonly TimeSpan UsualOpening = TimeSpan.FromSeconds(2);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (alerting() is { } started)
        {
            _running = started;
            monitor.Add(started.Clients);
            started.Start();
            await Task.WhenAny(started.Engine.Loaded, Task.Delay(UsualOpening, time, cancellationToken)).ConfigureAwait(false);
        }
    }

    // After all others have stopped: what fails on the way down is told, too.
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_running is { } running)
        {
            _running = null;
            monitor.Remove(running.Clients);
            running.Dispose();
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
