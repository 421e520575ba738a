using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>
/// Who was told what: one entry for each group and channel, as Alertmanager has it. Groups read it to decide what is news, the delivery queue writes it when a send has
/// succeeded, failed for good, or gone to another channel. It belongs to the engine's thread.
/// </summary>
internal sealed class NotificationLog(AlertClock clock)
{
    private readonly Dictionary<string, Dictionary<string, NotificationLogEntry>> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<NotificationLogEntry> _changed = [];
    private readonly StateTable<NotificationLogEntry> _table = NotificationTables.Log(clock);

    /// <summary>Gets the entries of all groups.</summary>
    public IEnumerable<NotificationLogEntry> All => _groups.Values.SelectMany(group => group.Values);

    public IReadOnlyCollection<NotificationLogEntry> OfGroup(string group) =>
        _groups.TryGetValue(group, out Dictionary<string, NotificationLogEntry>? entries) ? entries.Values : [];

    public NotificationLogEntry? Find(string group, string channel) =>
        _groups.TryGetValue(group, out Dictionary<string, NotificationLogEntry>? entries) ? entries.GetValueOrDefault(channel) : null;

    /// <summary>Gets an entry, a new one where there is none.</summary>
    public NotificationLogEntry Of(string group, string channel)
    {
        if (Find(group, channel) is not { } entry)
        {
            Add(entry = new NotificationLogEntry { Group = group, Channel = channel });
        }

        return entry;
    }

    /// <summary>Has an entry saved with this step, or deleted where it has nothing left to say.</summary>
    public void Changed(NotificationLogEntry entry) => _changed.Add(entry);

    public void Load(StateRows rows)
    {
        foreach (NotificationLogEntry entry in FormerNotifications.Read(rows, clock))
        {
            Add(entry);
            Changed(entry);
        }

        foreach (NotificationLogEntry entry in rows.Of(_table))
        {
            Add(entry);
        }
    }

    /// <summary>Has all entries saved anew, since the wall clock has jumped.</summary>
    public void AllChanged() => _changed.UnionWith(All);

    public void Save(StateChanges changes)
    {
        foreach (NotificationLogEntry entry in _changed)
        {
            if (entry.IsOver)
            {
                Remove(entry);
                changes.Delete(_table, NotificationTables.KeyOf(entry));
            }
            else
            {
                changes.Put(_table, entry);
            }
        }

        _changed.Clear();
    }

    private void Add(NotificationLogEntry entry)
    {
        if (!_groups.TryGetValue(entry.Group, out Dictionary<string, NotificationLogEntry>? entries))
        {
            _groups.Add(entry.Group, entries = new(StringComparer.Ordinal));
        }

        entries[entry.Channel] = entry;
    }

    private void Remove(NotificationLogEntry entry)
    {
        if (_groups.TryGetValue(entry.Group, out Dictionary<string, NotificationLogEntry>? entries) && entries.Remove(entry.Channel) && entries.Count == 0)
        {
            _groups.Remove(entry.Group);
        }
    }
}
