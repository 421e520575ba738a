using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Infrastructure.Timing;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>
/// Keeps what alerts leave behind in a file. In comes a change, from any thread, and is one transaction; whoever saves waits until it is on the disk, at most for the limit. Out come the
/// rows of the former run, once. A thread of its own opens, reads and writes; the one lock is round the changes that wait for it.
/// </summary>
internal sealed class StateStore : IStateStore
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    private readonly string _file;
    private readonly StateSettings _settings;
    private readonly InternalErrors _errors;
    private readonly UnsavedChanges _unsaved;
    private readonly StateWorker _worker;
    private readonly WakeableTimer _timer;
    private Thread? _thread;
    private volatile bool _isClosing;
    private int _isTaken;

    public StateStore(
        string file, IReadOnlyList<StateTable> tables, StateSettings settings, MetricsRegistry registry, InternalErrors errors, ILogger logger, TimeProvider time)
    {
        _file = file;
        _settings = settings;
        _errors = errors;
        _unsaved = new UnsavedChanges(settings.MostUnsaved, time);
        _worker = new StateWorker(file, tables, _unsaved, settings, registry, errors, logger, time);
        _timer = new WakeableTimer(time);
    }

    public string? Degraded => _worker.Degraded
        ?? (_unsaved.IsSlow ? $"writing to {_file} takes longer than {_settings.SaveLimit.TotalSeconds} s; alerts go on, and are written late" : null);

    public bool IsLocked => _worker.IsLocked;

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "Mcp.Monitoring alert store" };
        _thread.UnsafeStart();
    }

    public bool TryLoad([NotNullWhen(true)] out StateRows? rows)
    {
        rows = _worker.Rows is { } read && Interlocked.Exchange(ref _isTaken, 1) == 0 ? read : null;
        if (rows is not null)
        {
            _worker.Taken();
        }

        return rows is not null;
    }

    public void Forgo() => _worker.Forgo();

    public void Save(StateChanges changes)
    {
        if (changes.IsEmpty)
        {
            return;
        }

        long ticket = _unsaved.Add(changes);
        _timer.Wake();
        _unsaved.Wait(ticket, _settings.SaveLimit);
    }

    public void Dispose()
    {
        if (_isClosing)
        {
            return;
        }

        _isClosing = true;
        _timer.Wake();
        if (_thread is null || _thread.Join(_settings.SaveLimit))
        {
            _timer.Dispose();
        }
    }

    private void Run()
    {
        using StateWorker worker = _worker;
        while (!_isClosing)
        {
            _timer.Wait(Step());
        }

        Step(closing: true);
    }

    private TimeSpan Step(bool closing = false)
    {
        try
        {
            return _worker.Step(closing);
        }
        catch (Exception fault)
        {
            _errors.Report(InternalErrors.Alerting, fault);
            return AfterFault;
        }
    }
}
