namespace Mcp.Monitoring.Sampling;

/// <summary>When the samples of one resolution were taken: a ring of slots with their real instants, so that a sample that was missed is a gap.</summary>
/// <param name="interval">How far samples are apart.</param>
/// <param name="span">How long they are kept.</param>
internal sealed class SampleTier(TimeSpan interval, TimeSpan span)
{
    /// <summary>A longer step than this many intervals is a gap.</summary>
    private const int LongestStep = 3;

    private readonly TimeSpan[] _instants = new TimeSpan[(int)Math.Ceiling(span / interval) + 1];
    private int _oldest;
    private int _count;

    public TimeSpan Interval => interval;

    public TimeSpan Span => span;

    public int Slots => _instants.Length;

    public int Count => _count;

    /// <summary>Gets the slot of a sample, counted from the oldest.</summary>
    public int Slot(int index) => (_oldest + index) % _instants.Length;

    public TimeSpan Instant(int index) => _instants[Slot(index)];

    /// <summary>Gets whether a sample is due. One that comes a little early counts, or those of a coarse tier would each come one fine interval late.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="early">What is early enough.</param>
    public bool IsDue(TimeSpan now, TimeSpan early) => _count == 0 || now - Instant(_count - 1) >= interval - early;

    /// <summary>Adds a sample; the oldest goes when all slots are taken. One that comes soon after another takes its place, or the slots would not last for the span.</summary>
    /// <returns>Its slot.</returns>
    public int Add(TimeSpan now)
    {
        if (_count >= 2 && now - Instant(_count - 1) < interval / 2 && now - Instant(_count - 2) < interval * 1.5)
        {
            _count--;
        }
        else if (_count == _instants.Length)
        {
            _oldest = (_oldest + 1) % _instants.Length;
            _count--;
        }

        int slot = Slot(_count++);
        _instants[slot] = now;
        return slot;
    }

    /// <summary>Counts the samples that are not later than an instant: the index of the first one that is.</summary>
    public int CountUpTo(TimeSpan instant)
    {
        int low = 0;
        int high = _count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Instant(middle) <= instant)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Gets how much of the time between two instants is covered by samples, the last of which was taken at its end.</summary>
    public TimeSpan Covered(TimeSpan start, TimeSpan end)
    {
        TimeSpan covered = TimeSpan.Zero;
        for (int i = Math.Max(0, CountUpTo(start) - 1); i < _count; i++)
        {
            TimeSpan from = Instant(i);
            TimeSpan to = i + 1 < _count ? Instant(i + 1) : end;
            if (to - from <= LongestStep * interval)
            {
                covered += to - (from > start ? from : start);
            }
        }

        return covered;
    }
}
