using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline.Forwarding;

/// <summary>
/// Has Alertmanager keep the silences that are wanted, and end those that are not any more. One member is told; the cluster passes them on. It belongs to the engine's thread.
/// </summary>
internal sealed class ForwardedSilences(AlertmanagerHost host)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    private const int MostHung = 4;

    private readonly List<AlertmanagerCall> _hanging = [];
    private readonly Dictionary<string, Entry> _known = new(StringComparer.Ordinal);
    private AlertmanagerCall? _call;
    private Entry? _calling;
    private bool _isEnding;
    private AlertmanagerMember? _member;
    private int _preferred;

    public bool IsCalling => _call is { IsDone: false };

    public bool HasEnded => _call is { IsDone: true };

    public void Load(StateRows rows)
    {
        foreach (StoredForwardedSilence row in rows.Of(StoredForwardedSilence.Table))
        {
            _known[row.Key] = new Entry(row.Key) { Id = row.Id, EndsAt = row.EndsAt };
        }
    }

    /// <summary>Finds out whether Alertmanager may still keep quiet about an alert because somebody had acknowledged it: an end that comes then is never told.</summary>
    public bool Covers(AlertLabels labels) => _known.Count > 0
        && WantedSilences.KeyEnd(labels) is var end
        && _known.Values.Any(entry => entry.Key.EndsWith(end, StringComparison.Ordinal) && (entry.Id is not null || entry == _calling) && entry.EndsAt > host.Clock.UtcNow);

    /// <summary>Takes note of what is wanted.</summary>
    public void Want(IEnumerable<(string Key, PostedSilence Silence)> wanted, StateChanges changes)
    {
        foreach (Entry entry in _known.Values)
        {
            entry.IsWanted = false;
        }

        foreach ((string key, PostedSilence silence) in wanted)
        {
            if (!_known.TryGetValue(key, out Entry? entry))
            {
                _known[key] = entry = new Entry(key);
            }

            entry.Silence = silence;
            entry.EndsAt = silence.EndsAt;
            entry.IsWanted = true;
        }

        DateTimeOffset utc = host.Clock.UtcNow;
        foreach (Entry entry in _known.Values.Where(entry => entry != _calling && (entry.EndsAt <= utc || entry is { IsWanted: false, Id: null })).ToArray())
        {
            Remove(entry, changes);
        }
    }

    /// <summary>Draws the conclusion from a request that has ended, and chooses the next.</summary>
    /// <returns>When it wants to be looked at.</returns>
    public TimeSpan Tick(IReadOnlyList<AlertmanagerMember> members, StateChanges changes)
    {
        _call?.Look();
        if (_call is { IsDone: true } ended)
        {
            if (!ended.HasEnded)
            {
                _hanging.Add(ended);
            }

            Take(ended, changes);
        }

        TimeSpan now = host.Clock.Now;
        _hanging.RemoveAll(call => call.HasEnded);
        if (members.Count == 0 || _hanging.Count >= MostHung)
        {
            return now + AfterFailure;
        }

        if (_call is null && _known.Values.FirstOrDefault(entry => entry.IsDue && entry.NotBefore <= now) is { } next)
        {
            Choose(next, members);
        }

        return _call?.Due ?? _known.Values.Where(entry => entry.IsDue).Select(entry => entry.NotBefore).DefaultIfEmpty(TimeSpan.MaxValue).Min();
    }

    public void Begin() => _call?.Begin();

    public void Stop() => _call?.Stop();

    private void Choose(Entry entry, IReadOnlyList<AlertmanagerMember> members)
    {
        AlertmanagerMember[] inOrder = [.. members.Skip(_preferred % members.Count), .. members.Take(_preferred % members.Count)];
        Uri address = (_member = Array.Find(inOrder, member => member.FailingSince is null) ?? inOrder[0]).Address;
        _calling = entry;
        _isEnding = !entry.IsWanted;
        _call = _isEnding
            ? new AlertmanagerCall(host, stop => host.Client.EndSilence(address, entry.Id!, stop))
            : new AlertmanagerCall(host, stop => host.Client.Post(address, entry.Silence!, stop));
    }

    private void Take(AlertmanagerCall call, StateChanges changes)
    {
        Entry entry = _calling!;
        _call = null;
        _calling = null;
        if (_isEnding && call.Reply is { } answer && (AlertmanagerAnswer.IsTaken(answer) || IsGone(answer)))
        {
            Remove(entry, changes);
        }
        else if (!_isEnding && call.Reply is { IsSuccess: true } made && AlertmanagerJson.ReadSilenceId(made.Body) is { } id)
        {
            entry.Id = id;
            entry.IsTold = false;
            changes.Put(StoredForwardedSilence.Table, new StoredForwardedSilence(entry.Key, id, entry.EndsAt));
        }
        else
        {
            Failed(entry, call);
        }
    }

    private void Failed(Entry entry, AlertmanagerCall call)
    {
        _preferred++;
        entry.NotBefore = host.Clock.Now + AfterFailure;
        entry.IsRefused = !_isEnding && call.Reply is { } refused && AlertmanagerAnswer.IsRefusal(refused);
        if (!entry.IsTold)
        {
            entry.IsTold = true;
            string problem = call.Reply is { } reply ? AlertmanagerAnswer.Problem(reply) : call.Error;
            string next = entry.IsRefused ? "It is not tried again: make it in Alertmanager." : "It is tried again each 10 seconds.";
            Log.SilenceFails(host.Logger, _member!.Name, entry.Silence?.CreatedBy ?? "a former run", problem, next);
        }
    }

    // One that has ended already is an error to older versions.
    private static bool IsGone(HttpReply reply) =>
        reply.Status == 404 || reply.Body.Contains("already expired", StringComparison.Ordinal) || reply.Body.Contains("not found", StringComparison.Ordinal);

    private void Remove(Entry entry, StateChanges changes)
    {
        _known.Remove(entry.Key);
        if (entry.Id is not null)
        {
            changes.Delete(StoredForwardedSilence.Table, entry.Key);
        }
    }

    private sealed class Entry(string key)
    {
        public string Key => key;

        public string? Id { get; set; }

        public PostedSilence? Silence { get; set; }

        public DateTimeOffset EndsAt { get; set; }

        public bool IsWanted { get; set; }

        public bool IsRefused { get; set; }

        public bool IsTold { get; set; }

        public TimeSpan NotBefore { get; set; } = TimeSpan.MinValue;

        public bool IsDue => IsWanted ? Id is null && !IsRefused : Id is not null;
    }
}
