using System.Collections.Immutable;
using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Instrumentation.Dependencies.EntityFramework;

/// <summary>
/// Listens to what EF Core tells its diagnostic listeners, on the thread of the caller. They are the process's: of several hosts the one counts whose operation is around,
/// else the one that started first and still runs.
/// </summary>
internal sealed class EntityFrameworkWatch(Lazy<DependencyCatalog> catalog, Func<DependencyOptions> options, InternalErrors errors)
    : IHostedService, IDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Library = "Microsoft.EntityFrameworkCore";

    private static ImmutableList<EntityFrameworkWatch> _running = [];

    private readonly Lazy<EntityFrameworkEvents> _events = new(() => new EntityFrameworkEvents(new DatabaseNames(catalog.Value, options().DatabaseName, errors)));
    private ImmutableList<IDisposable> _subscriptions = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options().EntityFramework)
        {
            ImmutableInterlocked.Update(ref _running, static (all, own) => all.Add(own), this);
            Keep(DiagnosticListener.AllListeners.Subscribe(this));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        ImmutableInterlocked.Update(ref _running, static (all, own) => all.Remove(own), this);
        foreach (IDisposable subscription in Interlocked.Exchange(ref _subscriptions, []))
        {
            subscription.Dispose();
        }
    }

    // One for each set of services that EF Core keeps.
    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Library)
        {
            Keep(value.Subscribe(this, EntityFrameworkEvents.AreWanted));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        try
        {
            if (value.Value is { } payload && IsOfThisHost())
            {
                _events.Value.Happened(value.Key, payload);
            }
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Instrumentation, fault);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private void Keep(IDisposable subscription) => ImmutableInterlocked.Update(ref _subscriptions, static (all, added) => all.Add(added), subscription);

    private bool IsOfThisHost() => OperationContext.Current?.Owner is { } owner
        ? owner == catalog.Value.Monitor
        : Volatile.Read(ref _running) is [var first, ..] && first == this;
}
