using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>
/// One outage after another begins, is told, ends, and is told to have ended. Where a former run was killed, this one goes on: what was not saved has not
/// happened, and happens now.
/// </summary>
internal sealed class Outages(Server server, string[] channels)
{
    private const string Fired = "fired", Over = "over";

    public void Run(int count)
    {
        Dictionary<string, string> known = server.Load().Of(StoredFact.Table).ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal);
        for (int number = 0; number < count; number++)
        {
            Tell(number, known.GetValueOrDefault(Group(number)));
        }
    }

    /// <summary>Has one begin and end.</summary>
    public void Tell(int number, string? state = null)
    {
        if (state is null)
        {
            Tell(Group(number), NotificationKind.First, Fired);
        }

        if (state != Over)
        {
            Tell(Group(number), NotificationKind.Resolved, Over);
        }
    }

    private static string Group(int number) => string.Create(CultureInfo.InvariantCulture, $"outage-{number}");

    private void Tell(string group, NotificationKind kind, string state)
    {
        var changes = new StateChanges();
        changes.Put(StoredFact.Table, new StoredFact(group, state));
        foreach (string channel in channels)
        {
            string id = Guid.CreateVersion7().ToString("N");
            Note(group, channel, kind);
            server.Queue.Enqueue(
                new QueuedNotification
                {
                    Id = id,
                    Channel = channel,
                    Notification = new AlertNotification
                    {
                        Id = id,
                        Kind = kind,
                        Severity = AlertSeverity.Critical,
                        Group = group,
                        Title = group,
                        Service = "killed",
                        Summary = state,
                        Text = state,
                    },
                    Generation = kind == NotificationKind.First ? 1 : 2,
                    Created = DateTimeOffset.UtcNow,
                },
                changes);
        }

        server.Commit(changes);
    }

    // As the pipeline does.
    private void Note(string group, string channel, NotificationKind kind)
    {
        NotificationLogEntry entry = server.Log.Of(group, channel);
        if (kind == NotificationKind.First)
        {
            entry.Firing[1] = 1;
        }
        else
        {
            entry.Close();
        }

        server.Log.Changed(entry);
    }
}
