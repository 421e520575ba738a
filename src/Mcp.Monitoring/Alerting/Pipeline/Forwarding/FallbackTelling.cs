using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline.Stages;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline.Forwarding;

/// <summary>
/// Who tells people while no Alertmanager does: one of our own channels. Before and after it tells nothing, but for the ends of what it told. It belongs to the engine's thread.
/// </summary>
internal sealed class FallbackTelling(Forwarder forwarder, Notifier notifier, Func<IReadOnlyList<ChannelStatus>> channels) : IStage
{
    private const string Fact = "alertmanager_fallback";

    /// <summary>Gets the channel that tells; <see langword="null"/> while Alertmanager does.</summary>
    public string? Channel { get; private set; }

    /// <summary>Gets who is told what is no alert: nobody but the log.</summary>
    public IEnumerable<string> Announced => channels().Where(channel => !channel.IsRemote).Select(channel => channel.Name);

    /// <summary>Goes on as the former run did: what it said of the fallback is not said again.</summary>
    public void Load(StateRows rows)
    {
        forwarder.Load(rows);
        Channel = rows.Of(StoredFact.Table).FirstOrDefault(fact => fact.Name == Fact)?.Value;
    }

    /// <summary>Chooses who is told.</summary>
    public void Run(GroupFlush flush)
    {
        if (Channel is not { } name || channels().FirstOrDefault(channel => channel.Name == name) is not { } told)
        {
            return;
        }

        foreach (ActiveAlert alert in flush.Firing)
        {
            if (alert.Severity >= told.MinimumSeverity)
            {
                alert.Channels = [.. alert.Channels.Union([name], StringComparer.Ordinal)];
            }
        }
    }

    public bool MayTell(NotificationKind kind) => Channel is not null || kind == NotificationKind.Resolved;

    /// <summary>Has Alertmanager know what goes on, and our channel tell when no member has taken anything for long enough, until one does.</summary>
    /// <returns>When it wants to be called next, if nothing happens before.</returns>
    public TimeSpan? Tick(AlertRegister register, SilenceStore silences, IncidentManager incidents, GroupDispatcher groups, AlertSettings settings, StateChanges changes)
    {
        forwarder.Note(register.Active.Values, silences.Made, incidents.Open, settings.Message, changes);
        string? before = Channel;
        TimeSpan? next = Look(settings, changes);
        if (Channel == before)
        {
            return next;
        }

        groups.FlushAll();
        return Host.Clock.Now;
    }

    private TimeSpan? Look(AlertSettings settings, StateChanges changes)
    {
        TimeSpan now = Host.Clock.Now;
        if (Channel is null && forwarder.FailingSince is { } since)
        {
            TimeSpan begin = since + Host.Options().FallbackAfter;
            if (now < begin)
            {
                return begin;
            }

            Channel = ChannelOf(settings);
            changes.Put(StoredFact.Table, new StoredFact(Fact, Channel));
            Log.FallsBack(Host.Logger, now - since, Channel);
            string time = new LocalTimes(settings.Message.TimeZone, settings.Message.Texts).At(Host.Clock.ToUtc(since), Host.Clock.UtcNow);
            Announce(settings.Message.Texts["alertmanager.silent"], settings.Message.Texts.Say("alertmanager.fallback", time), AlertSeverity.High, Channel, settings, changes);
        }
        else if (Channel is { } told && forwarder.IsTaken)
        {
            Channel = null;
            changes.Delete(StoredFact.Table, Fact);
            Log.FallbackEnds(Host.Logger, told);
            Announce(settings.Message.Texts["alertmanager.works_again"], settings.Message.Texts["alertmanager.back"], AlertSeverity.Medium, told, settings, changes);
        }

        return null;
    }

    private AlertmanagerHost Host => forwarder.Host;

    private string ChannelOf(AlertSettings settings)
    {
        IReadOnlyList<ChannelStatus> all = channels();
        return (all.FirstOrDefault(channel => channel.Name == settings.FallbackChannel) ?? all.FirstOrDefault(channel => channel.IsRemote))?.Name ?? DefaultRouting.Log;
    }

    private void Announce(string title, string text, AlertSeverity severity, string channel, AlertSettings settings, StateChanges changes) =>
        notifier.Announce(title, text, severity, channels().Where(known => known.Name == channel).Select(known => known.Name), settings, changes);
}
