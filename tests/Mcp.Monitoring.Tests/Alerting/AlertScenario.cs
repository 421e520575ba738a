using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Commands;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Raising;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.State;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting;

/// <summary>
/// The engine's steps in virtual time: go to a time, have alerts fire and end, and compare everything that was told. A comparison of the whole transcript also
/// says that nothing else was told.
/// </summary>
internal sealed class AlertScenario
{
    private const int MostStepsAtOnce = 5;
    public static readonly DateTimeOffset Begin = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private readonly SavedRows _rows = new();
    private readonly AlertIdentity _identity;
    private readonly JumpingTime _wall;
    private TimeSpan? _next = TimeSpan.Zero;

    public AlertScenario(params string[] channels)
        : this(new AlertOptions { TimeZone = "Europe/Moscow" }, channels)
    {
    }

    public AlertScenario(AlertOptions options, params string[] channels)
    {
        Options = options;
        _identity = new AlertIdentity("orders-mcp", "1.4.2");
        _wall = new JumpingTime(Time);
        Outbox = new ScriptedOutbox(Time) { Save = row => _rows.Add(OutboxMessage.Table, row) };
        foreach (string channel in channels)
        {
            Outbox.Add(channel);
        }

        Start();
    }

    /// <summary>Gets whether rows are written and read again as the store does it; a storm has many.</summary>
    public bool KeepsRows { get; init; } = true;

    public FakeTimeProvider Time { get; } = new(Begin);

    public AlertOptions Options { get; set; }

    public ScriptedOutbox Outbox { get; }

    /// <summary>Gets or sets whether people have a way to acknowledge, from the next start on.</summary>

    public AlertClock Clock { get; private set; } = null!;

    public DropCounts Drops { get; } = new();

    /// <summary>Gets what has failed inside, and was reported.</summary>
    public List<Exception> Failures { get; } = [];

    public ManualAlertQueue Inbox { get; private set; } = null!;

    public AlertPipeline Book { get; private set; } = null!;

    public AlertManager Manager { get; private set; } = null!;

    /// <summary>Gets all messages that arrived: when, where, why, and of what.</summary>
    public IReadOnlyList<string> Told() => [.. Outbox.Delivered.Select(Line)];

    /// <summary>Gets the messages that arrived on one channel.</summary>
    public IReadOnlyList<string> Told(string channel) =>
        [.. Outbox.Delivered.Where(told => told.Message.Channel == channel).Select(Line).Select(line => line.Replace($"{channel} ", "", StringComparison.Ordinal))];

    public AlertNotification LastMessage => Outbox.Delivered[^1].Message.Notification;

    /// <summary>Lets time pass, step by step, until so long after the beginning.</summary>
    public AlertScenario At(string time)
    {
        Pass(Begin + TimeSpan.ParseExact(time, ["mm\\:ss", "h\\:mm\\:ss", "d\\.hh\\:mm\\:ss"], CultureInfo.InvariantCulture) - Time.GetUtcNow());
        return this;
    }

    public void Pass(TimeSpan duration)
    {
        TimeSpan until = Clock.Now + duration;
        int atOnce = 0;
        while (Clock.Now < until)
        {
            TimeSpan rest = until - Clock.Now;
            TimeSpan wait = _next is { } next ? next - Clock.Now : rest;
            atOnce = wait <= TimeSpan.Zero ? atOnce + 1 : 0;
            Assert.True(atOnce < MostStepsAtOnce, "It asks to be called again and again.");
            Time.Advance(wait <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : wait < rest ? wait : rest);
            Step();
        }
    }

    /// <summary>Sets the wall clock, which no deadline hangs on.</summary>
    public void JumpClock(TimeSpan by) => _wall.Jumped += by;

    public void Step()
    {
        var changes = new StateChanges();
        _next = Book.Advance(changes);
        Save(changes);
        Outbox.Release();
        Book.Saved();
        while (Outbox.TryTakeReport(out OutboxMessage ended))
        {
            Book.ReportEnded(ended);
        }
    }

    public ActiveAlert Pend(string rule, AlertSeverity severity, string? dependency = null, string? operation = null)
    {
        ActiveAlert alert = Make(rule, severity, dependency, operation);
        Book.Intake.Pending(alert);
        Step();
        return alert;
    }

    public ActiveAlert Fire(
        string rule, AlertSeverity severity, string? dependency = null, string? operation = null, TimeSpan? repeat = null, bool isSilent = false)
    {
        ActiveAlert alert = Make(rule, severity, dependency, operation, repeat, isSilent);
        Fire(alert);
        return alert;
    }

    public void Fire(ActiveAlert alert)
    {
        alert.State = AlertState.Firing;
        alert.FiredAt = Clock.Now;
        Book.Intake.Firing(alert);
        Step();
    }

    /// <summary>Has the severity of an alert rise or fall.</summary>
    public void Worsen(ActiveAlert alert, AlertSeverity severity)
    {
        alert.Severity = severity;
        Book.Intake.SeverityChanged(alert);
        Step();
    }

    /// <summary>Has the condition of an alert go away for now, or come back.</summary>
    public void Quiet(ActiveAlert alert, bool isQuiet = true)
    {
        alert.QuietSince = isQuiet ? Clock.Now : null;
        Book.Intake.Changed(alert);
        Step();
    }

    /// <summary>Has what an alert tells of stop, although it is kept firing.</summary>
    public void Stop(ActiveAlert alert, TimeSpan at)
    {
        alert.StoppedAt = at;
        Book.Intake.Changed(alert);
        Step();
    }

    public void Resolve(ActiveAlert alert)
    {
        alert.State = AlertState.Resolved;
        alert.ResolvedAt = Clock.Now;
        alert.ResolveReason = ResolveReason.Recovered;
        Book.Intake.Resolved(alert);
        Step();
    }

    /// <summary>Has the process die and another start after a while; rules go on with their alerts.</summary>
    public void Restart(TimeSpan downtime = default)
    {
        Outbox.Crash();
        Time.Advance(downtime);
        Start();
    }

    /// <summary>Adds a row as a former run may have left it.</summary>
    public void AddRow<TRow>(StateTable<TRow> table, TRow row)
        where TRow : class => _rows.Add(table, row);

    /// <summary>Gets what rules go on with after a restart.</summary>
    public ActiveAlert Restored(string rule) => Book.RestoredOfRules.Single(alert => alert.Rule == rule);

    public T Done<T>(Task<T> asked)
    {
        Step();
        Assert.True(asked.IsCompleted);
        return asked.GetAwaiter().GetResult();
    }

    public Silence SilenceOf(string matcher, TimeSpan duration) => new()
    {
        Matchers = [LabelMatcher.Parse(matcher)],
        EndsAt = Time.GetUtcNow() + duration,
        CreatedBy = "anna",
    };

    public Silence Silence(string matcher, TimeSpan duration) => Done(Manager.SilenceAsync(SilenceOf(matcher, duration)));

    private static string Line((DateTimeOffset At, OutboxMessage Message) told)
    {
        AlertNotification notification = told.Message.Notification;
        TimeSpan at = told.At - Begin;
        string time = at.TotalDays < 1 ? at.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture) : at.ToString("d\\.hh\\:mm\\:ss", CultureInfo.InvariantCulture);
        string what = notification.Kind is NotificationKind.Digest or NotificationKind.Announcement ? notification.Summary : string.Join("+", notification.Alerts.Select(alert => alert.Name).Distinct());
        return $"{time} {told.Message.Channel} {notification.Kind} {notification.Severity.Label()} {what}";
    }

    public ActiveAlert Make(
        string rule, AlertSeverity severity, string? dependency = null, string? operation = null, TimeSpan? repeat = null, bool isSilent = false, bool isStandalone = false)
    {
        var labels = new AlertLabels(
        [
            new("alertname", rule), new("mcp_service", "orders-mcp"), new("dependency", dependency ?? ""), new("operation", operation ?? ""),
        ]);
        return new ActiveAlert(rule, labels)
        {
            Severity = severity,
            StartedAt = Clock.Now,
            PendingSince = Clock.Now,
            RepeatInterval = repeat,
            IsSilent = isSilent,
            IsStandalone = isStandalone,
            Description = new AlertDescription($"{rule} of {dependency ?? operation ?? "the service"}", []),
        };
    }

    private void Save(StateChanges changes)
    {
        if (KeepsRows)
        {
            _rows.Save(changes);
        }
    }

    private void Start()
    {
        Clock = new AlertClock(_wall);
        Inbox = new ManualAlertQueue(Clock, Options.Storm.QueueLength, Drops);
        Inbox.Wake = () => _next = Clock.Now;
        var commands = new CommandQueue { Wake = Inbox.Wake };
        Book = new AlertPipeline(Clock, Outbox, _identity, Options, Inbox, commands, Drops, Failures.Add);
        Manager = new AlertManager(Clock, _identity, Inbox, commands, () => Book.Snapshot);
        StateRows rows = _rows.All;
        Book.Load(rows);
        Outbox.Restore(rows, new StateChanges());
        Step();
    }
}
