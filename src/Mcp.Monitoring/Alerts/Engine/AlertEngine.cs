using System.Collections.Concurrent;
using Mcp.Monitoring.Alerts.Delivery;
using Mcp.Monitoring.Alerts.Rules;
using Mcp.Monitoring.Alerts.Startup;
using Mcp.Monitoring.Alerts.Storage;

namespace Mcp.Monitoring.Alerts.Engine;

/// <summary>
/// The order in which everything happens: sample, judge, decide who is told, save, and only then let it be sent. Stepped by one thread.
/// </summary>
internal sealed class AlertEngine(
    AlertClock clock,
    AlertEvaluationOptions evaluation,
    EngineInputs inputs,
    RuleEvaluator rules,
    AlertBook book,
    IOutbox outbox,
    IAlertStore store,
    RunStory story,
    AlertMetrics metrics)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly StoreChanges _changes = new();
    private readonly ConcurrentQueue<Action> _orders = new();
    private readonly Beat _samples = new(evaluation.SampleInterval);
    private readonly Beat _evaluations = new(evaluation.Interval);
    private AlertSnapshot? _shown;
    private bool _isLoaded;
    private long _lastEvaluation = -1;

    /// <summary>Gets how long ago rules were evaluated; <see langword="null"/> before the first time. Any thread.</summary>
    public TimeSpan? SinceEvaluation => Volatile.Read(ref _lastEvaluation) is >= 0 and long ticks ? clock.Now - TimeSpan.FromTicks(ticks) : null;

    public TimeSpan EvaluationInterval => _evaluations.Interval;

    /// <summary>Has something done by the engine's thread before its next step.</summary>
    public void Order(Action work) => _orders.Enqueue(work);

    /// <summary>Goes on with other options; engine's thread.</summary>
    public void Reload(AlertOptions options, IReadOnlyList<AlertRule> compiled)
    {
        _evaluations.Interval = options.Evaluation.Interval;
        rules.Interval = options.Evaluation.Interval;
        rules.Use(compiled);
        book.Reload(options);
    }

    /// <summary>Does all that is due.</summary>
    /// <returns>How long nothing will be, if nothing happens before.</returns>
    public TimeSpan Step()
    {
        while (_orders.TryDequeue(out Action? order))
        {
            order();
        }

        TimeSpan now = clock.Now;
        bool isEvaluated = _isLoaded && _evaluations.IsDue(now);
        if (_samples.IsDue(now) || isEvaluated)
        {
            inputs.Sample(now);
        }

        if (!_isLoaded && !TryLoad())
        {
            return Least(_samples.Next - clock.Now, BetweenLooks);
        }

        if (isEvaluated)
        {
            Evaluate(now);
        }

        while (outbox.TryTakeReport(out OutboxMessage? ended))
        {
            book.ReportEnded(ended);
        }

        inputs.SaveObjectives(_changes);
        TimeSpan? next = book.Advance(_changes);
        Save(now);
        Show();
        return Least(Least(_samples.Next, _evaluations.Next), next ?? TimeSpan.MaxValue) - clock.Now;
    }

    /// <summary>Saves what is left, and that the stop was clean; engine's thread or after its end.</summary>
    public void End()
    {
        book.Stop();
        if (_isLoaded)
        {
            RunHistory.EndCleanly(_changes);
            inputs.SaveObjectives(_changes, atOnce: true);
            Save(clock.Now);
        }
    }

    private bool TryLoad()
    {
        if (!store.TryLoad(out StoredRows? rows))
        {
            return false;
        }

        DateTimeOffset? last = LastEvaluationOf(rows);
        inputs.Load(rows);
        book.Load(rows);
        rules.Restore(book.RestoredOfRules, last is { } then && clock.UtcNow > then ? clock.UtcNow - then : TimeSpan.Zero);
        outbox.Restore(rows, _changes);
        story.Begin(rows, _changes);
        _isLoaded = true;
        return true;
    }

    private void Evaluate(TimeSpan now)
    {
        rules.Evaluate(now);
        inputs.TellSuccesses(book);
        story.Advance(book, _changes);
        _changes.Put(new StoredFact(RunHistory.LastEvaluation, RunHistory.Write(clock.UtcNow)));
        Volatile.Write(ref _lastEvaluation, now.Ticks);
    }

    private void Save(TimeSpan now)
    {
        if (!_changes.IsEmpty)
        {
            store.Save(_changes);
            _changes.Clear();
        }

        book.Saved();
        outbox.Release();
    }

    private void Show()
    {
        AlertSnapshot snapshot = book.Snapshot;
        if (!ReferenceEquals(snapshot, _shown))
        {
            _shown = snapshot;
            metrics.Show(snapshot.Alerts.Where(alert => alert.State != AlertState.Resolved), snapshot.Statistics);
        }
    }

    private static DateTimeOffset? LastEvaluationOf(StoredRows rows) =>
        RunHistory.Read(rows.Of<StoredFact>().FirstOrDefault(fact => fact.Name == RunHistory.LastEvaluation)?.Value);

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
