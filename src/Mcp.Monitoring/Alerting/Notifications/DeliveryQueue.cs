using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>
/// Notifications on their way: in come those that the pipeline has decided on, out go calls of channels, each on a thread of its own. What is to be sent is saved first, as
/// <see cref="DeliveryState.Sending"/>, so that the next process knows what may have arrived; what has come of it is saved with the step after. Everything here belongs to
/// the engine's thread, but for <see cref="Channels"/>; no lock.
/// </summary>
internal sealed class DeliveryQueue
{
    private readonly ChannelRoster _roster;
    private readonly NotificationLog _log;
    private readonly DeliverySettings _settings;
    private readonly AlertClock _clock;
    private readonly ChannelMemory _memory;
    private readonly StartThread _start;
    private readonly Func<bool> _isPoolStarved;
    private readonly FallbackDelivery _fallback;
    private readonly DeliveryOutcomes _outcomes;
    private readonly DeliveryLedger _ledger;
    private readonly DeliveryMetrics _metrics;
    private readonly ChannelTests _tests;
    private ChannelStatus[] _statuses = [];
    private TimeSpan _next = TimeSpan.MinValue;
    private DeliveryPhase _phase;

    /// <param name="channels">The channels, in the order of preference, each with a name of its own.</param>
    /// <param name="log">Who was told what.</param>
    /// <param name="memory">What channels remember.</param>
    /// <param name="settings">How messages are sent.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="metrics">Counts them.</param>
    /// <param name="start">Starts the threads of calls.</param>
    /// <param name="isPoolStarved">Knows whether the thread pool runs nothing.</param>
    /// <param name="report">Takes what fails here.</param>
    public DeliveryQueue(
        IEnumerable<IAlertChannel> channels,
        NotificationLog log,
        ChannelMemory memory,
        DeliverySettings settings,
        AlertClock clock,
        DeliveryMetrics metrics,
        StartThread start,
        Func<bool> isPoolStarved,
        Action<Exception> report)
    {
        _log = log;
        _memory = memory;
        _settings = settings;
        _clock = clock;
        _start = start;
        _isPoolStarved = isPoolStarved;
        _metrics = metrics;
        _roster = new ChannelRoster(settings, report);
        _tests = new ChannelTests(_roster, clock);
        _ledger = new DeliveryLedger(_roster.Present, log, settings, clock, metrics);
        _fallback = new FallbackDelivery(_ledger, log, settings, metrics);
        _outcomes = new DeliveryOutcomes(_ledger, _fallback, log, settings, clock, metrics);
        _roster.Use(channels, Show);
        Publish();
    }

    /// <summary>Gets how the channels are, in the order of preference, as of the last step; any thread.</summary>
    public IReadOnlyList<ChannelStatus> Channels => Volatile.Read(ref _statuses);

    public IReadOnlyList<ChannelQueue> Queues => _roster.Present;

    /// <summary>Sets who is told of each message of an incident that a channel has taken.</summary>
    public IncidentTold Told { set => _outcomes.Told = value; }

    /// <summary>Gets or sets who is told when a call has ended; any thread calls it.</summary>
    public Action Wake
    {
        get => _memory.Wake;
        set => _memory.Wake = value;
    }

    /// <summary>
    /// Goes on with other channels, or with other settings of the same: all are checked at once. What waits for one that is there no more is told by another.
    /// </summary>
    /// <param name="channels">The channels, in the order of preference; one whose name is known is the same as before.</param>
    /// <param name="changes">Takes what is to be saved.</param>
    /// <returns>Whether there are others than before.</returns>
    public bool Use(IEnumerable<IAlertChannel> channels, StateChanges changes)
    {
        string[] before = [.. Queues.Select(queue => queue.Name)];
        _roster.Use(channels, Show);
        LetGo(changes);
        foreach (ChannelQueue queue in Queues)
        {
            queue.Health.Reconsider(_clock.Now);
        }

        _next = TimeSpan.MinValue;
        Publish();
        return !before.SequenceEqual(Queues.Select(queue => queue.Name), StringComparer.Ordinal);
    }

    /// <summary>Takes over what a former run left: what waited is sent, what was being sent is sent again as a possible duplicate. Once, after the log was loaded.</summary>
    public void Load(StateRows rows, StateChanges changes)
    {
        _next = TimeSpan.MinValue;
        _memory.Load(rows);
        new DeliveryRestore(_ledger, _fallback, _log, _clock).Load(rows, changes);
    }

    /// <summary>Adds a message and puts it, and what it supersedes, into the changes; nobody sends it before <see cref="Release"/>.</summary>
    public void Enqueue(QueuedNotification message, StateChanges changes)
    {
        _next = TimeSpan.MinValue;
        if (_ledger.Find(message.Channel) is { } queue)
        {
            _ledger.Add(queue, message, changes);
        }
        else
        {
            _fallback.EndWithoutChannel(message, changes);
        }
    }

    /// <summary>Takes a test message, to be sent before all else.</summary>
    public void Test(string channel, ChannelTest test)
    {
        _next = TimeSpan.MinValue;
        _tests.Add(channel, test);
    }

    /// <summary>Answers the tests that wait: nothing is tried any more.</summary>
    public void EndTests() => _tests.End();

    /// <summary>Draws the conclusions from calls that have ended, and chooses what is sent next.</summary>
    /// <param name="changes">Takes what is to be saved before <see cref="Release"/>.</param>
    /// <param name="phase">What is wanted.</param>
    /// <returns>When it wants to be called next, if no call ends before.</returns>
    public TimeSpan Tick(StateChanges changes, DeliveryPhase phase)
    {
        TimeSpan now = _clock.Now;
        _memory.Save(changes);
        if (now < _next && phase == _phase && !_roster.HasEnded)
        {
            return _next;
        }

        _phase = phase;
        foreach (ChannelQueue queue in _roster.All)
        {
            TakeResult(queue, now, changes);
        }

        LetGo(changes);
        _tests.Tick(now);
        foreach (ChannelQueue queue in Queues.Where(_ => phase != DeliveryPhase.Testing))
        {
            Tidy(queue, now, changes);
        }

        // What one channel cannot tell may be another's to tell at once.
        for (int added = -1; phase != DeliveryPhase.Closed && added != _ledger.Added;)
        {
            added = _ledger.Added;
            foreach (ChannelQueue queue in Queues.Where(queue => queue.Call is null && !queue.HangsTooOften(_settings.MostHung)))
            {
                queue.Call = CallOf(queue, now, changes, phase);
            }
        }

        Publish();
        return _next = _roster.All.Select(queue => ChannelSchedule.NextOf(queue, _settings, now, phase)).Append(TimeSpan.MaxValue).Min();
    }

    /// <summary>Begins the calls that <see cref="Tick"/> has chosen, now that this is saved.</summary>
    /// <returns>Whether one has ended already.</returns>
    public bool Release()
    {
        foreach (ChannelQueue queue in Queues)
        {
            queue.Call?.Begin(_start);
        }

        return _roster.HasEnded;
    }

    /// <summary>Has all that is on its way saved anew, since the wall clock has jumped.</summary>
    public void SaveAll(StateChanges changes)
    {
        foreach (QueuedNotification message in Queues.SelectMany(queue => queue.Messages))
        {
            _ledger.Changed(message, changes);
        }
    }

    /// <summary>Gets whether something is being sent.</summary>
    public bool IsCalling => _roster.All.Any(queue => queue.Call is { IsDone: false });

    /// <summary>Tells what is being sent to stop.</summary>
    public void StopCalls()
    {
        foreach (ChannelQueue queue in _roster.All.Where(queue => queue.Call is { IsDone: false, IsStopped: false }))
        {
            queue.Call!.Stop(_start);
        }
    }

    private void Show(ChannelQueue added) => _metrics.Add(added.Name, () => Channels.FirstOrDefault(status => status.Name == added.Name));

    private void LetGo(StateChanges changes)
    {
        foreach (ChannelQueue left in _roster.TakeLeft())
        {
            _fallback.Leave(left, changes);
        }
    }

    private void TakeResult(ChannelQueue queue, TimeSpan now, StateChanges changes)
    {
        if (queue.Call is not { } call)
        {
            return;
        }

        if (call.IsDone)
        {
            queue.Call = null;
            _outcomes.Apply(queue, call, call.Result, hasHung: false, changes);
        }
        else if (!call.IsStopped)
        {
            if (now >= call.StopAt)
            {
                call.Stop(_start);
            }
        }
        else if (now >= call.StopAt + _settings.HangLimit)
        {
            queue.Call = null;
            queue.LeaveHanging(call);
            TimeSpan limit = queue.SendLimit + _settings.HangLimit;
            _outcomes.Apply(queue, call, DeliveryResult.Unknown($"sending has not ended after {limit.TotalSeconds:0} s"), hasHung: true, changes);
        }
    }

    // Ends what has expired, and has others tell what a channel that is down cannot.
    private void Tidy(ChannelQueue queue, TimeSpan now, StateChanges changes)
    {
        bool isDown = queue.Health.FallbackFrom <= now;
        foreach (QueuedNotification message in queue.Messages.Where(message => message.IsWaiting).ToArray())
        {
            if (message.ExpiresAt <= now)
            {
                _fallback.Die(queue, message, message.LastError ?? "it was not delivered in time", changes);
            }
            else if (isDown)
            {
                _fallback.HandOver(queue, message, changes);
            }
        }
    }

    private ChannelCall? CallOf(ChannelQueue queue, TimeSpan now, StateChanges changes, DeliveryPhase phase)
    {
        if (queue.Tests.Count > 0 && queue.Rate.Wait(now) <= TimeSpan.Zero)
        {
            queue.Rate.Take(now);
            ChannelTest test = queue.Tests.Dequeue();
            AlertNotification sent = test.Message with { IsThreadPoolStarved = _isPoolStarved() };
            return new ChannelCall(queue.Name, stop => queue.Channel.Send(sent, stop), message: null, now + queue.SendLimit, Ended) { Test = test };
        }

        if (phase == DeliveryPhase.Testing)
        {
            return null;
        }

        if (phase == DeliveryPhase.Running && queue.Health.NextCheck <= now)
        {
            return new ChannelCall(queue.Name, queue.Channel.Check, message: null, now + queue.SendLimit, Ended);
        }

        if (ChannelSchedule.AllowedFrom(queue, now) > now || (queue.Missed.Count > 0 ? Digest(queue) : NextDue(queue, now, changes)) is not { } message)
        {
            return null;
        }

        queue.Rate.Take(now);
        message.State = DeliveryState.Sending;
        message.Attempts++;
        message.NotBefore = null;
        _ledger.Changed(message, changes);
        AlertNotification notification = message.ToSend(_log.Of(message.Group, queue.Name).Reference, _isPoolStarved(), _settings.Texts());
        return new ChannelCall(queue.Name, stop => queue.Channel.Send(notification, stop), message, now + queue.SendLimit, Ended);
    }

    // What was missed comes first: it is older, and the newest state of it is in it.
    private QueuedNotification Digest(ChannelQueue queue)
    {
        AlertNotification notification = MissedDigest.Of(queue, [.. queue.Missed.Select(entry => entry.Missed!).OrderBy(missed => missed.Since)], _settings.TimeZone(), _settings.Texts());
        var digest = new QueuedNotification
        {
            Id = notification.Id,
            Channel = queue.Name,
            Notification = notification,
            Generation = 0,
            Created = _clock.UtcNow,
        };
        _ledger.Put(queue, digest);
        return digest;
    }

    private QueuedNotification? NextDue(ChannelQueue queue, TimeSpan now, StateChanges changes)
    {
        while (true)
        {
            QueuedNotification? next = queue.Heads()
                .Where(message => message.IsWaiting && !(message.NotBefore > now))
                .MinBy(message => (message.IsToldToSome, -(int)message.Notification.Severity, message.Order));
            if (next is null || next.Kind != NotificationKind.Resolved)
            {
                return next;
            }

            _fallback.NotifyOver(queue, next, changes);
            if (_log.Of(next.Group, queue.Name).IsKnown)
            {
                return next;
            }

            _ledger.End(queue, next, DeliveryState.Superseded, changes);
        }
    }

    private void Ended() => Wake();

    internal void Publish() => Volatile.Write(ref _statuses, [.. Queues.Select(queue => queue.Status(_clock))]);
}
