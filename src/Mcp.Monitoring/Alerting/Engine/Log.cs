using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Engine;

internal static partial class Log
{
    [LoggerMessage(EventId = 501, EventName = "RuleDisabled", Level = LogLevel.Warning, Message = "The alert rule {Rule} cannot be evaluated and is off: {Problem}.")]
    public static partial void RuleDisabled(ILogger logger, string rule, string problem);

    [LoggerMessage(EventId = 503, EventName = "OnlyCodeAcknowledges", Level = LogLevel.Information,
        Message = "Nobody can acknowledge incidents in a message until status_page.token and alerts.page_url give it a link, or alerts.channels.telegram.allowed_users says who may in Telegram; the status page and IAlertManager can. What nobody acknowledges is told again, by default after 15 and 30 minutes and then hourly, five times at most.")]
    public static partial void OnlyCodeAcknowledges(ILogger logger);

    [LoggerMessage(EventId = 504, EventName = "EachReplicaTells", Level = LogLevel.Information,
        Message = "This process runs in Kubernetes, and tells of what it sees itself: with several replicas each of them does. With alerts.mode: forward and alerts.alertmanager.urls a real Alertmanager groups what all of them see; with alerts.mode: rules_only Prometheus judges it, and this process only itself.")]
    public static partial void EachReplicaTells(ILogger logger);

    [LoggerMessage(EventId = 510, EventName = "AlertsAreForwarded", Level = LogLevel.Information,
        Message = "Rules are evaluated here, and their alerts go to {Count} Alertmanagers as instance {Instance}: those group, route, silence and tell. Routes, escalation, maintenance and channels of this process are not used, but for the fallback channel when no Alertmanager takes alerts for {Fallback}.")]
    public static partial void AlertsAreForwarded(ILogger logger, int count, string instance, TimeSpan fallback);

    [LoggerMessage(EventId = 511, EventName = "OnlySelfChecks", Level = LogLevel.Information,
        Message = "alerts.mode is rules_only. Evaluated here: {Evaluated}, which no Prometheus can see, and what your code raises; both are told by the channels of this process. Not evaluated here: the other {Count} rules, {Own} of your own among them, and the objectives. Prometheus must load rules for those: this process exports metrics and no rules.")]
    public static partial void OnlySelfChecks(ILogger logger, string evaluated, int count, int own);

    [LoggerMessage(EventId = 506, EventName = "ObjectiveNotJudged", Level = LogLevel.Warning, Message = "{Problem} Until then the objective {Objective} is not judged.")]
    public static partial void ObjectiveNotJudged(ILogger logger, string problem, string objective);

    [LoggerMessage(EventId = 507, EventName = "NothingToJudge", Level = LogLevel.Warning,
        Message = "The alert rule {Rule} has nothing to judge: nobody has a metric {Metric}. {Hint}Write its name as /metrics shows it; of a meter of your own, name the meter in prometheus.meters and create the instrument at the start.")]
    public static partial void NothingToJudge(ILogger logger, string rule, string metric, string hint);

    [LoggerMessage(EventId = 508, EventName = "ClockJumped", Level = LogLevel.Warning,
        Message = "The wall clock was set, or the machine was asleep: it moved by {Jump} against the time that this process has been running. Alerts are judged by the latter.")]
    public static partial void ClockJumped(ILogger logger, TimeSpan jump);

    [LoggerMessage(EventId = 510, EventName = "HeartbeatFailed", Level = LogLevel.Warning,
        Message = "The heartbeat does not arrive: {Problem}. It is tried each minute; whoever listens there may take this server for dead. Check alerts.heartbeat_url.")]
    public static partial void HeartbeatFailed(ILogger logger, string problem);

    [LoggerMessage(EventId = 511, EventName = "HeartbeatWorks", Level = LogLevel.Information, Message = "The heartbeat arrives again.")]
    public static partial void HeartbeatWorks(ILogger logger);

    [LoggerMessage(EventId = 505, EventName = "ChannelLeftOut", Level = LogLevel.Warning, Message = "Alerts are not told to the channel {Channel}: {Problem}.")]
    public static partial void ChannelLeftOut(ILogger logger, string channel, string problem);

    [LoggerMessage(EventId = 509, EventName = "ChannelUnknown", Level = LogLevel.Warning,
        Message = "The settings of the alerts name the channel {Channel}, which is not there. {Hint}There are: {Channels}.")]
    public static partial void ChannelUnknown(ILogger logger, string channel, string hint, string channels);
}
