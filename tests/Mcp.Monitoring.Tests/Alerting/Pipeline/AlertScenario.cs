using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Pipeline.Forwarding;
using Mcp.Monitoring.Alerting.Pipeline.Manual;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.Notifications;
using Mcp.Monitoring.Tests.Alerting.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

/// <summary>
/// The engine's steps in virtual time: go to a time, have alerts fire and end, and compare everything that was told. A comparison of the whole transcript also
/// says that nothing else was told.
/// </summary>
internal sealed class AlertScenario
{
    private const int MostStepsAtOnce = 500;
    public static readonly DateTimeOffset Begin = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private readonly SavedRows _rows = new();
    private readonly List<ScriptedChannel> _channels = [];
    private readonly MovedWallClock _wall;
    private readonly ILogger _logger;
    private readonly IAlertmanagerClient? _alertmanager;
    private BuiltAlerting _alerting = null!;
    private TimeSpan _next = TimeSpan.Zero;

    public AlertScenario(params string[] channels)
        : this(new AlertOptions { TimeZone = "Europe/Moscow" }, channels)
    {
    }

    public AlertScenario(AlertOptions options, params string[] channels)
        : this(options, NullLogger.Instance, alertmanager: null, channels)
    {
    }

    /// <param name="options">The options.</param>
    /// <param name="logger">Who hears of Alertmanager.</param>
    /// <param name="alertmanager">Stands in for Alertmanager, once it knows the time; <see langword="null"/> where this process tells people.</param>
    /// <param name="channels">The channels.</param>
    public AlertScenario(AlertOptions options, ILogger logger, Func<TimeProvider, IAlertmanagerClient>? alertmanager, params string[] channels)
    {
        Options = options;
        _logger = logger;
        _alertmanager = alertmanager?.Invoke(Time);
        _wall = new MovedWallClock(Time);
        foreach (string channel in channels)
        {
            AddChannel(channel);
        }

        Start();
    }

    /// <summary>Gets whether rows are written and read again as the store does it; a storm has many.</summary>
    public bool KeepsRows { get; init; } = true;

    public FakeTimeProvider Time { get; } = new(Begin);

    public AlertOptions Options { get; set; }

    public AlertClock Clock => _alerting.Clock;

    public DropCounts Drops { get; } = new();

    /// <summary>Gets what has failed inside, and was reported.</summary>
    public List<Exception> Failures { get; } = [];

    public Forwarder Forwarder => _alerting.Forwarder!;

    public ManualAlertQueue Inbox => _alerting.Inbox;

    public AlertPipeline Pipeline => _alerting.Pipeline;

    public AlertManager Manager => _alerting.Manager;

    public NotificationLog Log => _alerting.Log;

    /// <summary>Gets what has arrived, with the time and the channel.</summary>
    public List<ToldMessage> Delivered { get; } = [];

    /// <summary>Gets all messages that arrived: when, where, why, and of what.</summary>
    public IReadOnlyList<string> Told() => [.. Delivered.Select(Line)];

    /// <summary>Gets the messages that arrived on one channel.</summary>
    public IReadOnlyList<string> Told(string channel) =>
        [.. Delivered.Where(told => told.Channel == channel).Select(Line).Select(line => line.Replace($"{channel} ", "", StringComparison.Ordinal))];

    public AlertNotification LastMessage => Delivered[^1].Notification;

    /// <summary>Adds a channel, from the next start on.</summary>
    public ScriptedChannel AddChannel(string name, AlertSeverity minimum = AlertSeverity.Medium)
    {
        var channel = new ScriptedChannel(name) { MinimumSeverity = minimum, Answer = Take };
        channel.Arrived = notification => Delivered.Add(new ToldMessage(Time.GetUtcNow(), name, notification));
        _channels.Add(channel);
        return channel;
    }

    /// <summary>Goes on with other options, and with channels of which each has been added before.</summary>
    public void Reload(params string[] channels)
    {
        _alerting.Reload(Options, [.. channels.Select(Channel)]);
        Step();
    }

    /// <summary>Has the receiver of a channel refuse connections.</summary>
    public void TakeDown(string channel) => Channel(channel).Refuse();

    public void BringUp(string channel) => Channel(channel).Answer = Take;

    public ScriptedChannel Channel(string name) => _channels.Single(channel => channel.Name == name);

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
            TimeSpan wait = _next < until ? _next - Clock.Now : rest;
            atOnce = wait <= TimeSpan.Zero ? atOnce + 1 : 0;
            Assert.True(atOnce < MostStepsAtOnce, "It asks to be called again and again.");
            Time.Advance(wait <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : wait < rest ? wait : rest);
            Step();
        }
    }

    /// <summary>Sets the wall clock, which no deadline hangs on.</summary>
    public void JumpClock(TimeSpan by) => _wall.Moved += by;

    public void Step()
    {
        int steps = 0;
        do
        {
            Assert.True(++steps < MostStepsAtOnce, "The step has no end.");
            _next = _alerting.Step();
        }
        while (_next <= Clock.Now);
    }

    public ActiveAlert Pend(string rule, AlertSeverity severity, string? dependency = null, string? operation = null)
    {
        ActiveAlert alert = Make(rule, severity, dependency, operation);
        Pipeline.Intake.Pending(alert);
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
        Pipeline.Intake.Firing(alert);
        Step();
    }

    /// <summary>Has the severity of an alert rise or fall.</summary>
    public void Worsen(ActiveAlert alert, AlertSeverity severity)
    {
        alert.Severity = severity;
        Pipeline.Intake.SeverityChanged(alert);
        Step();
    }

    /// <summary>Has the condition of an alert go away for now, or come back.</summary>
    public void Quiet(ActiveAlert alert, bool isQuiet = true)
    {
        alert.QuietSince = isQuiet ? Clock.Now : null;
        Pipeline.Intake.Changed(alert);
        Step();
    }

    /// <summary>Has what an alert tells of stop, although it is kept firing.</summary>
    public void Stop(ActiveAlert alert, TimeSpan at)
    {
        alert.StoppedAt = at;
        Pipeline.Intake.Changed(alert);
        Step();
    }

    public void Resolve(ActiveAlert alert, Action? beforeItIsTold = null)
    {
        alert.State = AlertState.Resolved;
        alert.ResolvedAt = Clock.Now;
        alert.ResolveReason = ResolveReason.Recovered;
        Pipeline.Intake.Resolved(alert);
        beforeItIsTold?.Invoke();
        Step();
    }

    /// <summary>Has the process die and another start after a while; rules go on with their alerts.</summary>
    public void Restart(TimeSpan downtime = default)
    {
        Time.Advance(downtime);
        Start();
    }

    /// <summary>Adds a row as a former run may have left it.</summary>
    public void AddRow<TRow>(StateTable<TRow> table, TRow row)
        where TRow : class => _rows.Add(table, row);

    /// <summary>Gets what rules go on with after a restart.</summary>
    public ActiveAlert Restored(string rule) => Pipeline.RestoredOfRules.Single(alert => alert.Rule == rule);

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

    private static DeliveryResult Take(AlertNotification notification, CancellationToken stop) =>
        DeliveryResult.Delivered(notification.ThreadReference ?? $"thread of {notification.Group}");

    private static string Line(ToldMessage told)
    {
        AlertNotification notification = told.Notification;
        TimeSpan at = told.At - Begin;
        string time = at.TotalDays < 1 ? at.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture) : at.ToString("d\\.hh\\:mm\\:ss", CultureInfo.InvariantCulture);
        string what = notification.Kind is NotificationKind.Digest or NotificationKind.Announcement ? notification.Summary : string.Join("+", notification.Alerts.Select(alert => alert.Name).Distinct());
        return $"{time} {told.Channel} {notification.Kind} {notification.Severity.Label()} {what}";
    }

    public ActiveAlert Make(
        string rule, AlertSeverity severity, string? dependency = null, string? operation = null, TimeSpan? repeat = null, bool isSilent = false, bool isStandalone = false, string? channel = null)
    {
        var labels = new AlertLabels(
        [
            new("alertname", rule), new("mcp_service", "orders-mcp"), new("dependency", dependency ?? ""), new("operation", operation ?? ""), new("channel", channel ?? ""),
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

    private void Start()
    {
        _alerting = new AlertingBuilder
        {
            Time = _wall,
            Options = Options,
            Channels = [.. _channels],
            Store = new RowStore(_rows, () => KeepsRows),
            Drops = Drops,
            Report = Failures.Add,
            Alertmanager = _alertmanager,
            Logger = _logger,
        }.Build();
        _alerting.Forwarder?.Host.Wake = () => _next = Clock.Now;
        _alerting.Inbox.Wake = _alerting.Commands.Wake = () => _next = Clock.Now;
        _alerting.Load(_rows.All);
        Step();
    }
}

/// <summary>A message that has arrived.</summary>
internal sealed record ToldMessage(DateTimeOffset At, string Channel, AlertNotification Notification);
