using System.Collections.Concurrent;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Pipeline.Forwarding;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Infrastructure.Timing;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>
/// The order in which everything happens: sample, evaluate, decide who is told, save, and only then send. Stepped by one thread, without a lock; calls of channels and the
/// store's file have threads of their own.
/// </summary>
internal sealed class AlertEngine(
    AlertClock clock,
    AlertEvaluationOptions evaluation,
    EngineInputs inputs,
    RuleEvaluator rules,
    AlertPipeline pipeline,
    DeliveryQueue queue,
    NotificationLog log,
    IStateStore store,
    StartupReport startup,
    DailyReport report,
    AlertMetrics metrics,
    Heartbeat heartbeat,
    InternalErrors errors,
    Forwarder? forwarder = null)
{
    private static readonly TimeSpan BetweenFirstLooks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UsualOpening = TimeSpan.FromSeconds(5);

    // Past the time for which the store itself waits for a file that another process holds.
    private static readonly TimeSpan LongestOpening = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan MetricsAreThereAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenTests = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StateChanges _changes = new() { IsKept = store.IsKeeping };
    private readonly ConcurrentQueue<Action> _orders = new();
    private readonly Interval _samples = new(evaluation.SampleInterval);
    private readonly Interval _evaluations = new(evaluation.Interval);
    private AlertSnapshot? _shown;
    private bool _isLoaded;
    private bool _isHeld;
    private TimeSpan? _absenceDue = MetricsAreThereAfter;
    private long _lastEvaluation;

    /// <summary>Gets how long ago rules were evaluated and all that follows was done; since the start, before the first time. Any thread.</summary>
    public TimeSpan SinceEvaluation => clock.Now - TimeSpan.FromTicks(Volatile.Read(ref _lastEvaluation));

    /// <summary>Gets the moment at which what a former run left is known, or will not be soon.</summary>
    public Task Loaded => _loaded.Task;

    public TimeSpan EvaluationInterval => _evaluations.Length;

    /// <summary>Has something done by the engine's thread before its next step.</summary>
    public void Order(Action work) => _orders.Enqueue(work);

    /// <summary>Goes on with other options; engine's thread.</summary>
    public void Reload(AlertEvaluationOptions evaluation, AlertSettings settings, IReadOnlyList<AlertRule> compiled, IReadOnlyList<IAlertChannel> channels)
    {
        _absenceDue = clock.Now + MetricsAreThereAfter;
        _evaluations.Length = evaluation.Interval;
        rules.Interval = evaluation.Interval;
        rules.Use(compiled);
        pipeline.Reload(settings, areChannelsOther: queue.Use(channels, _changes));
    }

    /// <summary>Does all that is due.</summary>
    /// <returns>How long nothing will be, if nothing happens before.</returns>
    public TimeSpan Step()
    {
        Obey();
        TimeSpan now = clock.Now;
        bool isEvaluated = (_isLoaded || _isHeld) && _evaluations.IsDue(now);
        if (_samples.IsDue(now) || isEvaluated)
        {
            Guarded(() => inputs.Sample(now));
        }

        if (!_isLoaded && !TryLoad())
        {
            return Hold(now, isEvaluated);
        }

        bool isWhole = !isEvaluated || Guarded(() => Evaluate(now));
        TimeSpan? next = clock.Now + AfterFailure;
        isWhole &= Guarded(() => next = Decide());
        TimeSpan sends = Send(DeliveryPhase.Running);
        Guarded(Show);
        _loaded.TrySetResult();
        NoteEvaluation(now, isEvaluated && isWhole);
        return Least(Least(Least(Least(_samples.Next, _evaluations.Next), next ?? TimeSpan.MaxValue), sends), Beat()) - clock.Now;
    }

    /// <summary>Sends test messages and does nothing else: for a host that does not run.</summary>
    /// <returns>How long nothing will be due, if nothing happens before.</returns>
    public TimeSpan StepTests()
    {
        Obey();
        TimeSpan next = clock.Now + AfterFailure;
        Guarded(() => next = Least(queue.Tick(_changes, DeliveryPhase.Testing), clock.Now + BetweenTests));
        bool hasEnded = false;
        Guarded(() => hasEnded = queue.Release());
        return hasEnded ? TimeSpan.Zero : next - clock.Now;
    }

    /// <summary>Saves what is left, and that the stop was clean; engine's thread or after its end.</summary>
    public void End()
    {
        if (_isLoaded)
        {
            // What failed on the way down is told, too.
            Guarded(() => Decide());
        }

        pipeline.Stop();
        if (_isLoaded)
        {
            StartupHistory.EndCleanly(_changes);
            inputs.SaveObjectives(_changes, atOnce: true);
            Send(DeliveryPhase.Draining);
        }
    }

    /// <summary>Sends what is due, for at most 5 seconds; then what is being sent is told to stop. After the end, by whoever ends it.</summary>
    /// <param name="wait">Waits so long, or until a call has ended.</param>
    public void Drain(Action<TimeSpan> wait)
    {
        if (!_isLoaded)
        {
            return;
        }

        TimeSpan end = clock.Now + DrainLimit;
        while (clock.Now < end)
        {
            TimeSpan next = Send(DeliveryPhase.Draining);
            if (next > clock.Now && !IsCalling)
            {
                break;
            }

            if (next > clock.Now)
            {
                wait(Least(next, end) - clock.Now);
            }
        }

        end = clock.Now + AfterFailure;
        forwarder?.StopCalls();
        for (queue.StopCalls(); IsCalling && clock.Now < end; wait(end - clock.Now))
        {
        }

        Send(DeliveryPhase.Closed);
    }

    private void Obey()
    {
        while (_orders.TryDequeue(out Action? order))
        {
            Guarded(order);
        }
    }

    /// <summary>Leaves nobody waiting for the answer of a test; after the end.</summary>
    public void EndTests()
    {
        Obey();
        Guarded(queue.EndTests);
    }

    // Whom the former run told of what is not known yet. Everything but telling goes on.
    private TimeSpan Hold(TimeSpan now, bool isEvaluated)
    {
        _isHeld = true;
        bool isWhole = !isEvaluated || Guarded(() =>
        {
            rules.Evaluate(now);
            inputs.TellSuccesses(pipeline);
        });
        TimeSpan? next = null;
        isWhole &= Guarded(() => next = pipeline.Hold());
        Guarded(Show);
        TimeSpan checks = Send(DeliveryPhase.Running);
        if (store.IsLocked)
        {
            _loaded.TrySetResult();
        }

        NoteEvaluation(now, isEvaluated && isWhole);
        TimeSpan due = Least(Least(Least(Least(_samples.Next, _evaluations.Next), next ?? TimeSpan.MaxValue), checks), Beat()) - clock.Now;
        return Least(due, clock.Now < UsualOpening ? BetweenFirstLooks : BetweenLooks);
    }

    private TimeSpan Beat()
    {
        TimeSpan next = clock.Now + AfterFailure;
        Guarded(() => next = heartbeat.Tick(_lastEvaluation == 0 ? TimeSpan.MaxValue : SinceEvaluation, EvaluationInterval));
        return next;
    }

    private void NoteEvaluation(TimeSpan now, bool isWhole)
    {
        if (isWhole)
        {
            Volatile.Write(ref _lastEvaluation, now.Ticks);
        }
    }

    private bool IsCalling => queue.IsCalling || forwarder?.IsCalling == true;

    private TimeSpan? Decide()
    {
        inputs.SaveObjectives(_changes);
        return pipeline.Tick(_changes);
    }

    // A file that cannot even be opened must not keep anybody from being told.
    private bool TryLoad()
    {
        if (!store.TryLoad(out StateRows? rows))
        {
            if (clock.Now < LongestOpening)
            {
                return false;
            }

            store.Forgo();
            rows = StateRows.Empty;
        }

        _isLoaded = true;
        Guarded(() => inputs.Load(rows));
        Guarded(() => pipeline.Load(rows));
        Guarded(() => rules.Restore(pipeline.RestoredOfRules, Unobserved(rows)));
        Guarded(() => pipeline.Join(rules.Alerts));
        Guarded(() => queue.Load(rows, _changes));
        Guarded(() => startup.Begin(rows, _changes));
        Guarded(() => report.Begin(rows));
        return true;
    }

    private void Evaluate(TimeSpan now)
    {
        rules.Evaluate(now);
        inputs.TellSuccesses(pipeline);
        if (now >= _absenceDue)
        {
            _absenceDue = null;
            inputs.WarnOfAbsent(rules.Status);
        }

        startup.Tick(pipeline, _changes);
        _changes.Put(StoredFact.Table, new StoredFact(StartupHistory.LastEvaluation, StartupHistory.Write(clock.UtcNow)));
        Guarded(() => report.Tick(_changes));
    }

    private bool Guarded(Action part)
    {
        try
        {
            part();
            return true;
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Alerting, fault);
            return false;
        }
    }

    // Whatever has failed, what was decided is saved and sent.
    private TimeSpan Send(DeliveryPhase phase)
    {
        TimeSpan next = clock.Now + AfterFailure;
        Guarded(() => next = queue.Tick(_changes, phase));
        if (phase != DeliveryPhase.Closed)
        {
            Guarded(() => next = Least(next, forwarder?.Tick(_changes) ?? next));
        }

        Guarded(() => log.Save(_changes));
        if (!_changes.IsEmpty)
        {
            store.Save(_changes);
            _changes.Clear();
        }

        pipeline.Saved();
        bool hasEnded = false;
        Guarded(() => hasEnded = queue.Release());
        Guarded(() => hasEnded |= forwarder?.Release() == true);
        return hasEnded ? clock.Now : next;
    }

    private void Show()
    {
        AlertSnapshot snapshot = pipeline.Snapshot;
        if (!ReferenceEquals(snapshot, _shown))
        {
            _shown = snapshot;
            metrics.Show(snapshot.Alerts.Where(alert => alert.State != AlertState.Resolved), snapshot.Statistics);
        }
    }

    // From the last evaluation of the former run until this one began to look.
    private TimeSpan Unobserved(StateRows rows)
    {
        DateTimeOffset began = clock.UtcNow - clock.Now;
        DateTimeOffset? last = StartupHistory.Read(rows.Of(StoredFact.Table).FirstOrDefault(fact => fact.Name == StartupHistory.LastEvaluation)?.Value);
        return last is { } then && began > then ? began - then : TimeSpan.Zero;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
