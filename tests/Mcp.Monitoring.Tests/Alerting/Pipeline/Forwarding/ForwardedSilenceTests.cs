using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Alertmanager;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Forwarding;

/// <summary>Silences and acknowledgements that people make here, where Alertmanager tells.</summary>
public sealed class ForwardedSilenceTests : IDisposable
{
    private readonly ForwardScenario _forward = new();

    public void Dispose() => _forward.Dispose();

    [Fact]
    public void Silence_is_made_in_Alertmanager_for_the_alerts_of_this_process()
    {
        Silence made = _forward.Alerts.Silence("dependency=\"1c\"", TimeSpan.FromHours(2));
        _forward.Alerts.At("00:01");

        PostedSilence there = Assert.Single(_forward.Alertmanager.Silences.Values);
        Assert.Equal(["dependency=\"1c\"", "service=\"orders-mcp\"", "instance=\"pod-7\""], there.Matchers.Select(matcher => matcher.ToString()));
        Assert.Equal((made.StartsAt, made.EndsAt, "anna", "silenced"), (there.StartsAt, there.EndsAt, there.CreatedBy, there.Comment));
    }

    [Fact]
    public void Silence_that_is_ended_here_is_ended_there()
    {
        Silence made = _forward.Alerts.Silence("dependency=\"1c\"", TimeSpan.FromHours(2));
        _forward.Alerts.At("00:01").Done(_forward.Alerts.Manager.UnsilenceAsync(made.Id));
        _forward.Alerts.At("00:02");

        Assert.Empty(_forward.Alertmanager.Silences);
        Assert.Equal(["+1", "-1"], _forward.Alertmanager.SilenceRequests);
    }

    [Fact]
    public void Silence_is_made_once_over_a_restart_and_left_to_end_by_itself()
    {
        _forward.Alerts.Silence("dependency=\"1c\"", TimeSpan.FromMinutes(10));
        _forward.Alerts.At("00:01").Restart();
        _forward.Alerts.At("20:00");

        Assert.Equal(["+1"], _forward.Alertmanager.SilenceRequests);
    }

    [Fact]
    public void Silence_that_cannot_be_made_is_tried_again_with_another_member_and_told_once()
    {
        _forward.Alertmanager.TakeDown("a", "b");
        _forward.Alerts.Silence("dependency=\"1c\"", TimeSpan.FromHours(2));
        _forward.Alerts.At("02:00");
        Assert.Single(_forward.Logged("SilenceNotForwarded"));

        _forward.Alertmanager.BringUp("b");
        _forward.Alerts.At("02:30");

        Assert.Single(_forward.Alertmanager.Silences);
    }

    [Fact]
    public void Silence_that_is_refused_is_told_and_not_tried_again()
    {
        _forward.Alertmanager.SilenceStatus = 400;
        _forward.Alerts.Silence("dependency=\"1c\"", TimeSpan.FromHours(2));
        _forward.Alerts.At("02:00");
        _forward.Alertmanager.SilenceStatus = 200;
        _forward.Alerts.At("10:00");

        Assert.Contains("It is not tried again", Assert.Single(_forward.Logged("SilenceNotForwarded")), StringComparison.Ordinal);
        Assert.Empty(_forward.Alertmanager.Silences);
    }

    [Fact]
    public void Acknowledgement_is_a_silence_of_4_hours_for_each_alert_of_the_incident_and_not_for_later_ones()
    {
        Open("Down");
        Assert.True(_forward.Alerts.Done(_forward.Alerts.Manager.AcknowledgeAsync(1, "anna")));
        _forward.Alerts.At("01:10").Fire("McpToolFailing", AlertSeverity.Critical, dependency: "1c");
        _forward.Alerts.At("03:00");

        PostedSilence there = Assert.Single(_forward.Alertmanager.Silences.Values);
        Assert.Equal(
            ["alertname=\"Down\"", "dependency=\"1c\"", "instance=\"pod-7\"", "mcp_service=\"orders-mcp\"", "service=\"orders-mcp\"", "severity=\"critical\""],
            there.Matchers.Select(matcher => matcher.ToString()));
        Assert.Equal((TimeSpan.FromHours(4), "anna", "acknowledged by anna"), (there.EndsAt - there.StartsAt, there.CreatedBy, there.Comment));
    }

    [Fact]
    public void End_of_an_acknowledged_alert_is_sent_when_its_silence_is_gone_or_else_it_is_never_told()
    {
        ActiveAlert alert = Open("Down");
        _forward.Alerts.Done(_forward.Alerts.Manager.AcknowledgeAsync(1, "anna"));
        _forward.Alerts.At("01:30");
        bool? isSilencedAtEnd = null;
        _forward.Alertmanager.Answer = post =>
        {
            isSilencedAtEnd ??= post.Alerts.Any(posted => posted.EndsAt <= post.At) ? _forward.Alertmanager.Silences.Count > 0 : null;
            return 200;
        };

        _forward.Alerts.Resolve(alert);
        _forward.Alerts.At("01:31");

        Assert.False(isSilencedAtEnd);
        Assert.Empty(_forward.Alertmanager.Silences);
    }

    [Fact]
    public void End_waits_10_seconds_at_most_for_a_silence_that_cannot_be_ended()
    {
        ActiveAlert alert = Open("Down");
        _forward.Alerts.Done(_forward.Alerts.Manager.AcknowledgeAsync(1, "anna"));
        _forward.Alerts.At("01:30");
        _forward.Alertmanager.TakeDown("b");
        _forward.Alerts.At("02:05");
        _forward.Alertmanager.Posts.Clear();
        _forward.Alertmanager.SilenceStatus = 500;

        _forward.Alerts.Resolve(alert);
        _forward.Alerts.At("02:16");

        Assert.Contains(_forward.Alertmanager.Posts.SelectMany(post => post.Alerts), posted => posted.EndsAt < _forward.Alerts.Time.GetUtcNow());
    }

    [Fact]
    public void Acknowledgement_that_is_too_old_ends_with_its_silence()
    {
        Open("Down");
        _forward.Alerts.Done(_forward.Alerts.Manager.AcknowledgeAsync(1, "anna"));

        _forward.Alerts.At("4:00:00");
        Assert.Equal(IncidentState.Acknowledged, _forward.Alerts.Manager.ListIncidents()[0].State);

        _forward.Alerts.At("4:02:00");
        Assert.Equal(IncidentState.Triggered, _forward.Alerts.Manager.ListIncidents()[0].State);
        Assert.Equal(["+1"], _forward.Alertmanager.SilenceRequests);
    }

    private ActiveAlert Open(string rule)
    {
        ActiveAlert alert = _forward.Alerts.Fire(rule, AlertSeverity.Critical, dependency: "1c");
        _forward.Alerts.At("01:00");
        return alert;
    }
}
