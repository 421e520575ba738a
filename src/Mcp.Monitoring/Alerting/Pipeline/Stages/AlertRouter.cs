using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Settings;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>Decides who is told of an alert: by the routes of the options, else by the first step of its severity's escalation, else by its severity.</summary>
internal sealed class AlertRouter(AlertClock clock, Func<IReadOnlyList<ChannelStatus>> all)
{
    /// <summary>Lists the channels, which all exist; never the one that an alert is about.</summary>
    public IReadOnlyList<string> ChannelsOf(ActiveAlert alert, AlertSettings settings)
    {
        IReadOnlyList<ChannelStatus> channels = all();
        IEnumerable<string> wanted = Routed(alert, settings, channels) ?? (settings.Escalation.FirstChannels(alert.Severity) is { } first
            ? DefaultRouting.Or(first, alert.Severity, channels)
            : DefaultRouting.Of(alert.Severity, channels));
        string about = alert.Labels[AlertLabels.Channel];
        HashSet<string> told = new(wanted, StringComparer.Ordinal) { DefaultRouting.Log };
        string[] existing = [.. channels.Select(channel => channel.Name).Where(name => told.Contains(name) && name != about)];

        // An alert about the only channel that would have been told goes to the next.
        return about.Length > 0 && alert.Severity > AlertSeverity.Low && existing.All(name => name == DefaultRouting.Log)
            ? [.. existing, .. DefaultRouting.Next(channels, about)]
            : existing;
    }

    public bool Exists(string name) => all().Any(channel => channel.Name == name);

    /// <summary>Lists the channels for something that is no alert.</summary>
    public IReadOnlyList<string> ChannelsFor(AlertSeverity severity)
    {
        IReadOnlyList<ChannelStatus> channels = all();
        HashSet<string> told = new(DefaultRouting.Of(severity, channels), StringComparer.Ordinal);
        return [.. channels.Select(channel => channel.Name).Where(told.Contains)];
    }

    /// <summary>Lists the channels for the daily report: those that are named, else the first that reaches people elsewhere, else the log.</summary>
    public IReadOnlyList<string> ChannelsForReport(AlertSettings settings)
    {
        IReadOnlyList<ChannelStatus> channels = all();
        string[] named = [.. channels.Select(channel => channel.Name).Where(name => settings.DailyReportChannels.Contains(name, StringComparer.Ordinal))];
        return named.Length > 0 ? named : [.. channels.OrderBy(channel => !channel.IsRemote).Take(1).Select(channel => channel.Name)];
    }

    /// <summary>Lists the names in the options that no channel has.</summary>
    public IReadOnlyList<string> Unknown(AlertSettings settings)
    {
        IReadOnlyList<ChannelStatus> channels = all();
        IEnumerable<string> named = settings.Routes.SelectMany(route => route.Channels).Concat(settings.Escalation.Channels).Concat(settings.DailyReportChannels);
        named = settings.FallbackChannel is { } fallback ? named.Append(fallback) : named;
        return [.. named.Where(name => !DefaultRouting.IsKnown(name, channels)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private HashSet<string>? Routed(ActiveAlert alert, AlertSettings settings, IReadOnlyList<ChannelStatus> there)
    {
        HashSet<string>? channels = null;
        DateTimeOffset now = clock.UtcNow;
        foreach (AlertRoute route in settings.Routes)
        {
            if (!route.IsMatch(alert, now))
            {
                continue;
            }

            (channels ??= new(StringComparer.Ordinal)).UnionWith(DefaultRouting.Or(route.Channels, alert.Severity, there));
            if (!route.GoesOn)
            {
                break;
            }
        }

        return channels;
    }
}
