using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Tests.Alerting.Pipeline;

namespace Mcp.Monitoring.Tests.Alerting.Texts;

/// <summary>Every kind of message, in one language. What it tells of has numbers for names, which are of no language.</summary>
internal sealed class MessageStories(AlertLanguage language)
{
    private const string Version = "1.4.2";

    private readonly AlertTexts _texts = AlertTexts.In(language);

    /// <summary>Gets all that is told, each text once, and what happened to the incidents.</summary>
    public IEnumerable<string> All() => Stories().SelectMany(story => Texts(story.About, Play(story.Happens)));

    /// <summary>Gets all messages, each text once, with the story that it is of.</summary>
    public IEnumerable<(string Story, AlertNotification Message)> Messages() =>
        Stories().SelectMany(story => Play(story.Happens).Delivered.Select(told => told.Notification).DistinctBy(told => told.Text).Select(told => (story.About, told)));

    private IEnumerable<(string About, Action<AlertScenario> Happens)> Stories() =>
    [
        ("update, fall and end", Worse),
        ("others that join and are over", Others),
        ("much worse and stopped", Stopped),
        ("repeat", Repeat),
        ("escalation, late and acknowledged", Escalate),
        ("acknowledged long ago", AcknowledgedLongAgo),
        ("opened again", OpenAgain),
        ("ends without a recovery", Ends),
        ("silence expired", Unsilence),
        ("flapping", Flap),
        ("digest", Storm),
        ("stand-in and missed digest", StandIn),
        ("raised by code", Raise),
        ("tools that fail alike", Shared),
        ("announcements", Announce),
        ("duplicate", Duplicate),
    ];

    private AlertScenario Play(Action<AlertScenario> happens)
    {
        var scenario = new AlertScenario(new AlertOptions { TimeZone = "Europe/Moscow", Language = language, Grouping = { RepeatInterval = TimeSpan.FromDays(1) } }, "1", "2");
        happens(scenario);
        return scenario;
    }

    private static IEnumerable<string> Texts(string about, AlertScenario scenario)
    {
        yield return $"== {about}";
        foreach (string text in scenario.Delivered.Select(told => told.Notification.Text).Distinct(StringComparer.Ordinal))
        {
            yield return text;
        }

        foreach (Incident incident in scenario.Manager.ListIncidents())
        {
            yield return $"{incident.Title}: {string.Join("; ", incident.Timeline.Select(happened => happened.What))}";
        }
    }

    private ActiveAlert Make(AlertScenario scenario, AlertSeverity severity, string operation, string rule = "McpToolFailing")
    {
        ActiveAlert alert = scenario.Make(rule, severity, operation: operation);
        alert.Description = new AlertDescription(
            _texts.Share("share.calls_failed", 21, 1_022, TimeSpan.FromMinutes(5)), [_texts.Say("fact.tools", $"{operation} 21")], null, _texts.Say("title.failing", operation));
        return alert;
    }

    private ActiveAlert Fire(AlertScenario scenario, AlertSeverity severity, string operation, string rule = "McpToolFailing")
    {
        ActiveAlert alert = Make(scenario, severity, operation, rule);
        scenario.Fire(alert);
        return alert;
    }

    private void Worse(AlertScenario scenario)
    {
        ActiveAlert alert = Fire(scenario, AlertSeverity.High, "41");
        scenario.At("06:00").Worsen(alert, AlertSeverity.Critical);
        scenario.At("12:00").Worsen(alert, AlertSeverity.High);
        alert.PeakSummary = alert.Description.Summary;
        alert.PeakAt = scenario.Clock.Now;
        scenario.At("22:00:00").Resolve(alert);
    }

    private void Others(AlertScenario scenario)
    {
        scenario.Options.Grouping.By = ["mcp_service"];
        scenario.Pipeline.Reload(new(scenario.Options));
        ActiveAlert[] alerts = [.. Enumerable.Range(41, 14).Select(i => Make(scenario, AlertSeverity.Medium, $"{i}"))];
        scenario.Fire(alerts[0]);
        scenario.At("02:00");
        foreach (ActiveAlert alert in alerts[1..])
        {
            scenario.Fire(alert);
        }

        scenario.At("10:00").Resolve(alerts[^1]);
        scenario.At("30:00");
        foreach (ActiveAlert alert in alerts[..^1])
        {
            scenario.Resolve(alert);
        }

        scenario.At("1:00:00");
    }

    private void Stopped(AlertScenario scenario)
    {
        ActiveAlert slow = Make(scenario, AlertSeverity.Medium, "41", "McpSlowOperations");
        slow.IsIntensity = true;
        slow.Value = 1;
        scenario.Fire(slow);
        scenario.At("02:00");
        slow.Value = 6;
        scenario.At("20:00").Resolve(slow);
        ActiveAlert brief = Fire(scenario, AlertSeverity.Critical, "42");
        scenario.At("20:30").Stop(brief, scenario.Clock.Now - TimeSpan.FromSeconds(27));
        scenario.At("21:30").Stop(brief, scenario.Clock.Now);
        brief.StoppedAt = null;
        scenario.Pipeline.Intake.Changed(brief);
        scenario.Step();
        scenario.At("22:00");
    }

    private void Repeat(AlertScenario scenario)
    {
        Fire(scenario, AlertSeverity.High, "41");
        scenario.At("1.00:30:00");
    }

    private void Escalate(AlertScenario scenario)
    {
        scenario.Options.Escalation.Add(new EscalationPolicyOptions
        {
            Severity = AlertSeverity.Critical,
            Steps = { new EscalationStepOptions(), new EscalationStepOptions { After = TimeSpan.FromMinutes(10), OnlyIfNotAcknowledged = false, Channels = { "2" } } },
        });
        scenario.Pipeline.Reload(new(scenario.Options));
        ActiveAlert alert = Fire(scenario, AlertSeverity.Critical, "41");
        scenario.At("09:00").Restart(TimeSpan.FromMinutes(6));
        alert = scenario.Restored("McpToolFailing");
        scenario.At("16:00");
        scenario.Done(scenario.Manager.AcknowledgeAsync(1, "7"));
        scenario.At("1:12:00").Resolve(alert);
    }

    private void AcknowledgedLongAgo(AlertScenario scenario)
    {
        Fire(scenario, AlertSeverity.Critical, "41");
        scenario.At("01:00");
        scenario.Done(scenario.Manager.AcknowledgeAsync(1, "7"));
        scenario.At("1:05:00");
    }

    private void OpenAgain(AlertScenario scenario)
    {
        ActiveAlert alert = Fire(scenario, AlertSeverity.Critical, "41");
        scenario.At("05:00");
        scenario.Done(scenario.Manager.AcknowledgeAsync(1, "7"));
        scenario.At("10:00");
        scenario.Done(scenario.Manager.ResolveIncidentAsync(1, "7"));
        scenario.At("4:15:00");
        scenario.Worsen(alert, AlertSeverity.High);
        scenario.At("4:30:00");
        scenario.Worsen(alert, AlertSeverity.Critical);
        scenario.At("4:31:00").Resolve(alert);
        scenario.At("4:50:00");
        scenario.Resolve(Fire(scenario, AlertSeverity.Critical, "41"));
        scenario.At("6:00:00");
    }

    private void Ends(AlertScenario scenario)
    {
        foreach ((int i, ResolveReason reason) in Enum.GetValues<ResolveReason>().Index())
        {
            foreach (bool isLastKnown in reason == ResolveReason.NoData ? (bool[])[true, false] : [true])
            {
                ActiveAlert alert = Fire(scenario, AlertSeverity.High, $"4{i}{(isLastKnown ? 1 : 2)}");
                scenario.Pass(TimeSpan.FromMinutes(2));
                alert.LastFailureAt = isLastKnown ? scenario.Clock.Now - TimeSpan.FromMinutes(1) : null;
                alert.State = AlertState.Resolved;
                alert.ResolvedAt = scenario.Clock.Now;
                alert.ResolveReason = reason;
                scenario.Pipeline.Intake.Resolved(alert);
                scenario.Step();
            }
        }
    }

    private void Unsilence(AlertScenario scenario)
    {
        scenario.Silence("alertname=\"McpToolFailing\"", TimeSpan.FromMinutes(10));
        Fire(scenario, AlertSeverity.High, "41");
        scenario.At("11:00");
    }

    private void Flap(AlertScenario scenario)
    {
        for (int cycle = 0; cycle < 5; cycle++)
        {
            scenario.At($"{cycle * 6:00}:00");
            ActiveAlert alert = Fire(scenario, AlertSeverity.High, "41");
            scenario.At($"{(cycle * 6) + 3:00}:00").Resolve(alert);
        }

        scenario.At("1:10:00");
        for (int cycle = 0; cycle < 4; cycle++)
        {
            scenario.Resolve(Fire(scenario, AlertSeverity.High, "42"));
            scenario.Pass(TimeSpan.FromMinutes(3));
        }

        Fire(scenario, AlertSeverity.High, "42");
        scenario.Pass(TimeSpan.FromMinutes(30));
    }

    private void Storm(AlertScenario scenario)
    {
        scenario.Options.Storm.GroupsPerMinute = 1;
        scenario.Pipeline.Reload(new(scenario.Options));
        ActiveAlert[] alerts = [.. Enumerable.Range(41, 6).Select(i => Fire(scenario, i % 2 == 0 ? AlertSeverity.High : AlertSeverity.Medium, $"{i}", i % 3 == 0 ? "McpToolErrors" : "McpToolFailing"))];
        scenario.At("03:00");
        foreach (ActiveAlert alert in alerts)
        {
            scenario.Resolve(alert);
        }

        scenario.At("2:00:00");
    }

    private void StandIn(AlertScenario scenario)
    {
        scenario.TakeDown("2");
        ActiveAlert over = Fire(scenario, AlertSeverity.High, "41");
        ActiveAlert[] going = [.. Enumerable.Range(42, 2).Select(i => Fire(scenario, AlertSeverity.High, $"{i}"))];
        scenario.At("10:00").Resolve(over);
        scenario.Pipeline.Announce(_texts["start.other_tools"], new ToolChange(["42"], ["41"]).Say(_texts), AlertSeverity.Medium);
        scenario.At("20:00");
        scenario.BringUp("2");
        scenario.At("1:00:00");
        scenario.Channel("1").Forbid("3");
        scenario.Channel("2").Forbid("3");
        scenario.Resolve(going[0]);
        scenario.At("1:20:00");
    }

    private void Raise(AlertScenario scenario)
    {
        for (int i = 0; i < 2; i++)
        {
            _ = scenario.Manager.RaiseErrorAsync(ErrorType.Timeout, "41", "42");
            _ = scenario.Manager.RaisePerformanceAsync("43", 1_234.5, 0.25, "44");
            _ = scenario.Manager.RaiseIntegrationAsync("45", "46", i == 0 ? "" : "47");
            scenario.At($"0{i + 1}:00");
        }

        scenario.At("40:00");
    }

    private void Shared(AlertScenario scenario)
    {
        for (int i = 41; i < 46; i++)
        {
            ActiveAlert alert = Make(scenario, AlertSeverity.High, $"{i}");
            alert.ErrorType = "7";
            scenario.Fire(alert);
        }

        scenario.At("05:00");
    }

    private void Announce(AlertScenario scenario)
    {
        scenario.Pipeline.Announce(_texts["start.other_tools"], new ToolChange([.. Enumerable.Range(41, 30).Select(i => $"{i}")], ["40"]).Say(scenario.Pipeline.Texts), AlertSeverity.Medium);
        scenario.Pipeline.Announce(_texts["alertmanager.silent"], _texts.Say("alertmanager.fallback", "03:40"), AlertSeverity.High);
        scenario.Pipeline.Announce(_texts["alertmanager.works_again"], _texts["alertmanager.back"], AlertSeverity.Medium);
        scenario.At("01:00");
    }

    private void Duplicate(AlertScenario scenario)
    {
        Fire(scenario, AlertSeverity.High, "41");
        scenario.At("01:00");
        AlertNotification first = scenario.LastMessage with { IsPossibleDuplicate = true };
        var queued = new QueuedNotification { Id = Version, Channel = "1", Notification = first, Generation = 1, Created = scenario.Time.GetUtcNow(), InsteadOf = "2" };
        scenario.Delivered.Add(new ToldMessage(scenario.Time.GetUtcNow(), "1", queued.ToSend(null, isPoolStarved: false, _texts)));
    }
}
