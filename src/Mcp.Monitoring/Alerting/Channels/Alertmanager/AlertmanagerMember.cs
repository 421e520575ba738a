using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>
/// One member of the cluster: what waits for it, the request that it is in, and how it is. What could not be sent is not kept, since all that fires is sent again soon. It
/// belongs to the engine's thread.
/// </summary>
internal sealed class AlertmanagerMember(AlertmanagerHost host, Uri address)
{
    public const int MostWaiting = 10_000, Batch = 256;

    private const int MostHung = 4;

    // More of it would be a flood of requests, and something else is wrong.
    private const int MostRefused = 20;

    private static readonly TimeSpan ResendInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(30);

    private readonly Queue<AlertLabels> _order = new();
    private readonly Dictionary<AlertLabels, PostedAlert> _waiting = [];
    private readonly Stack<PostedAlert[]> _parts = new();
    private readonly HashSet<AlertLabels> _refused = [];
    private readonly List<AlertmanagerCall> _hanging = [];
    private readonly MemberStart _start = new(host.Clock);
    private AlertmanagerCall? _call;
    private bool _isAsking;
    private PostedAlert[] _sending = [];
    private int _newlyRefused;
    private bool _isProbeDue;
    private bool _isSkewTold;

    public Uri Address => address;

    /// <summary>Gets when all that goes on is to be sent again.</summary>
    public TimeSpan NextResend { get; private set; } = TimeSpan.MinValue;

    /// <summary>Gets since when it takes nothing; <see langword="null"/> while it does, and before the first attempt.</summary>
    public TimeSpan? FailingSince { get; private set; }

    /// <summary>Gets what was wrong the last time, while it takes nothing.</summary>
    public string? LastError { get; private set; }

    public DateTimeOffset? LastSuccess { get; private set; }

    /// <summary>Gets by how much its clock is ahead of that of this machine.</summary>
    public TimeSpan Ahead { get; private set; }

    public int Waiting => _waiting.Count;

    public bool IsCalling => _call is { IsDone: false };

    public bool HasEnded => _call is { IsDone: true };

    /// <summary>Has an alert sent, in place of what waits to be sent of it.</summary>
    public void Enqueue(PostedAlert alert)
    {
        if (_refused.Contains(alert.Labels))
        {
            return;
        }

        if (!_waiting.ContainsKey(alert.Labels))
        {
            _order.Enqueue(alert.Labels);
        }

        _waiting[alert.Labels] = alert;
        if (_order.Count > MostWaiting)
        {
            _waiting.Remove(_order.Dequeue());
            host.Dropped.Increment();
        }
    }

    /// <summary>Takes note that all there is was enqueued; where that was nothing, it is asked all the same whether it takes alerts.</summary>
    public void Resent()
    {
        NextResend = host.Clock.Now + ResendInterval;
        SendEndsOnceTaken();
        _newlyRefused = 0;
        _isProbeDue = true;
    }

    /// <summary>Forgets an alert that was over long ago.</summary>
    public void Forget(AlertLabels labels) => _refused.Remove(labels);

    /// <summary>Draws the conclusion from a request that has ended, and chooses the next.</summary>
    /// <returns>When it wants to be looked at, if no request ends before.</returns>
    public TimeSpan Tick()
    {
        _call?.Look();
        if (_call is { IsDone: true } ended)
        {
            _call = null;
            if (!ended.HasEnded)
            {
                _hanging.Add(ended);
            }

            Take(ended);
        }

        _hanging.RemoveAll(call => call.HasEnded);
        if (_call is null && _hanging.Count < MostHung)
        {
            Choose();
        }

        TimeSpan next = IsFine && _start.Next < NextResend ? _start.Next : NextResend;
        return _call is { } call ? call.Due < NextResend ? call.Due : NextResend : next;
    }

    /// <summary>Begins the request that <see cref="Tick"/> has chosen, now that what it tells of is saved.</summary>
    public void Begin() => _call?.Begin();

    public void Stop() => _call?.Stop();

    private bool IsFine => FailingSince is null && LastSuccess is not null;

    private void Choose()
    {
        _isAsking = _parts.Count == 0 && ((IsFine && _start.Next <= host.Clock.Now) || (!_start.IsFresh && _waiting.Values.Any(static alert => alert.IsOver)));
        if (_isAsking)
        {
            _call = new AlertmanagerCall(host, stop => host.Client.AskStatus(address, stop));
        }
        else if (Next() is { } alerts)
        {
            _isProbeDue = false;
            _sending = alerts;
            _call = new AlertmanagerCall(host, stop => host.Client.Post(address, alerts, stop));
        }
    }

    private PostedAlert[]? Next()
    {
        if (_parts.TryPop(out PostedAlert[]? part))
        {
            return part;
        }

        bool takesEnds = _start.EndsFrom <= host.Clock.Now;
        var alerts = new List<PostedAlert>(Math.Min(Batch, _order.Count));
        while (alerts.Count < Batch && _order.TryDequeue(out AlertLabels? labels))
        {
            // An end that is left out comes again when all is sent again.
            if (_waiting.Remove(labels, out PostedAlert? alert) && (takesEnds || !alert.IsOver))
            {
                alerts.Add(alert);
            }
        }

        return alerts.Count > 0 || _isProbeDue ? [.. alerts] : null;
    }

    private void Take(AlertmanagerCall call)
    {
        if (call.Reply is not { } reply)
        {
            Failed(call.Error);
            return;
        }

        NoteTime(reply);
        if (_isAsking)
        {
            bool hasRestarted = _start.Take(reply);
            SendEndsOnceTaken();

            // One that was away is being sent everything already.
            NextResend = hasRestarted && FailingSince is null ? host.Clock.Now : NextResend;
        }
        else if (AlertmanagerAnswer.IsTaken(reply))
        {
            Succeeded();
        }
        else if (!AlertmanagerAnswer.IsRefusal(reply) || _sending.Length == 0 || _newlyRefused >= MostRefused)
        {
            Failed(AlertmanagerAnswer.Problem(reply));
        }
        else if (_sending.Length > 1)
        {
            // One that is refused may have cost all others: they go again without it.
            int half = _sending.Length / 2;
            _parts.Push(_sending[half..]);
            _parts.Push(_sending[..half]);
        }
        else
        {
            _newlyRefused++;
            _refused.Add(_sending[0].Labels);
            host.Metrics.Ended(AlertmanagerHost.Channel, DeliveryState.Dead);
            Log.AlertRefused(host.Logger, Name, _sending[0].Labels.ToString(), AlertmanagerAnswer.Problem(reply));
        }
    }

    private void SendEndsOnceTaken()
    {
        if (_start.EndsFrom > host.Clock.Now && _start.EndsFrom < NextResend)
        {
            NextResend = _start.EndsFrom;
        }
    }

    private void Succeeded()
    {
        LastSuccess = host.Clock.UtcNow;
        host.Metrics.Sent(AlertmanagerHost.Channel, host.Clock.UtcNow);
        if (FailingSince is not null)
        {
            FailingSince = null;
            LastError = null;
            Log.MemberBack(host.Logger, Name);
        }
    }

    private void Failed(string problem)
    {
        host.Metrics.Failed(AlertmanagerHost.Channel);
        if (FailingSince is null)
        {
            FailingSince = host.Clock.Now;
            Log.MemberFails(host.Logger, Name, problem);
        }

        LastError = problem;
        _parts.Clear();
        _order.Clear();
        _waiting.Clear();
        NextResend = host.Clock.Now + AfterFailure;
    }

    // It judges by its own clock when an alert is over: one that begins after its end is never told.
    private void NoteTime(HttpReply reply)
    {
        TimeSpan skew = reply.Date is { } date ? host.Clock.UtcNow - date : TimeSpan.Zero;
        Ahead = -skew;
        bool isSkewed = skew.Duration() > MostSkew;
        if (isSkewed && !_isSkewTold)
        {
            Log.ClockDiffers(host.Logger, Name, TimeSpan.FromSeconds(Math.Round(skew.TotalSeconds)));
        }

        _isSkewTold = isSkewed;
    }

    /// <summary>Gets its address as logs show it.</summary>
    public string Name => NameOf(address);

    public static string NameOf(Uri address) => address.GetLeftPart(UriPartial.Path).TrimEnd('/');
}
