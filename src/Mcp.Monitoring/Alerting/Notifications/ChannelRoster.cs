namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>The channels that there are, in the order of preference, each with its queue: by a reload some come and others go. It belongs to the engine's thread.</summary>
/// <param name="settings">How messages are sent.</param>
/// <param name="report">Takes what fails in a channel that is asked about itself.</param>
internal sealed class ChannelRoster(DeliverySettings settings, Action<Exception> report)
{
    private readonly List<ChannelQueue> _present = [];

    // Switched off while something is being sent there.
    private readonly List<ChannelQueue> _leaving = [];

    public IReadOnlyList<ChannelQueue> Present => _present;

    /// <summary>Gets all whose calls are to be looked after: those too that are only waited for.</summary>
    public IEnumerable<ChannelQueue> All => _present.Concat(_leaving);

    /// <summary>Gets whether a call has ended.</summary>
    public bool HasEnded
    {
        get
        {
            return HaveEnded(_present) || HaveEnded(_leaving);

            // Without garbage: it is asked at each step.
            static bool HaveEnded(List<ChannelQueue> queues)
            {
                foreach (ChannelQueue queue in queues)
                {
                    if (queue.Call is { IsDone: true })
                    {
                        return true;
                    }
                }

                return false;
            }
        }
    }

    /// <summary>Takes other channels; one whose name is known is the same as before.</summary>
    /// <param name="channels">The channels, in the order of preference.</param>
    /// <param name="added">Is told of each that is new.</param>
    public void Use(IEnumerable<IAlertChannel> channels, Action<ChannelQueue> added)
    {
        ChannelQueue[] known = [.. All];
        _present.Clear();
        _leaving.Clear();
        foreach (IAlertChannel channel in channels)
        {
            ChannelQueue? queue = Array.Find(known, queue => queue.Name == channel.Name);
            if (queue is null)
            {
                queue = new ChannelQueue(channel, settings, report);
                added(queue);
            }
            else
            {
                queue.ReadChannel();
            }

            _present.Add(queue);
        }

        _leaving.AddRange(known.Except(_present));
    }

    /// <summary>Takes those that are there no more and send nothing.</summary>
    public ChannelQueue[] TakeLeft()
    {
        if (_leaving.Count == 0)
        {
            return [];
        }

        ChannelQueue[] left = [.. _leaving.Where(queue => queue.Call is null)];
        _leaving.RemoveAll(queue => queue.Call is null);
        return left;
    }
}
