
namespace Mcp.Monitoring.Slo;

/// <summary>Counts in buckets of one length, sorted by their start; a bucket without events takes no place.</summary>
/// <param name="length">How long a bucket is.</param>
/// <param name="span">How long it is kept.</param>
internal sealed class SloTier(TimeSpan length, TimeSpan span)
{
    private readonly List<Bucket> _buckets = [];
    private readonly List<DateTime> _gone = [];
    private TimeSpan _unshifted;

    public TimeSpan Length => length;

    public TimeSpan Span => span;

    public bool IsEmpty => _buckets.Count == 0;

    /// <summary>Adds events at an instant. One that is a little before the newest bucket, as the clock was set back a little, goes into that.</summary>
    public void Add(DateTime now, SloEvents events)
    {
        DateTime start = StartOf(now);
        if (_buckets.Count == 0 || _buckets[^1].Start < start)
        {
            _buckets.Add(new Bucket(start));
        }

        _buckets[^1].Add(events);
    }

    /// <summary>Forgets what is too old.</summary>
    public void Trim(DateTime now)
    {
        int old = 0;
        while (old < _buckets.Count && _buckets[old].Start + length <= now - span)
        {
            Forget(_buckets[old++]);
        }

        _buckets.RemoveRange(0, old);
    }

    /// <summary>Sums the buckets that reach into a window.</summary>
    public SloEvents Sum(DateTime now, TimeSpan window)
    {
        SloEvents sum = default;
        DateTime start = now - window;
        for (int i = _buckets.Count - 1; i >= 0 && _buckets[i].Start + length > start; i--)
        {
            sum += _buckets[i].Events;
        }

        return sum;
    }

    /// <summary>Moves all buckets by what the clock was set, as far as it is a multiple of their length; the rest waits for the next time.</summary>
    public void Shift(TimeSpan by)
    {
        _unshifted += by;
        long steps = _unshifted.Ticks / length.Ticks;
        _unshifted -= steps * length;
        Move(_buckets, steps);
    }

    /// <summary>Adds buckets of a former run. If the clock was ahead then, they are moved until the last of them is not.</summary>
    public void Load(DateTime now, IEnumerable<(DateTime Start, SloEvents Events)> stored)
    {
        List<Bucket> loaded = [.. stored.OrderBy(bucket => bucket.Start).Select(bucket => new Bucket(bucket.Start, bucket.Events))];
        if (loaded.Count > 0 && loaded[^1].Start > StartOf(now))
        {
            Move(loaded, (StartOf(now) - loaded[^1].Start).Ticks / length.Ticks);
        }

        foreach (Bucket bucket in loaded)
        {
            int place = _buckets.FindIndex(own => own.Start >= bucket.Start);
            if (place >= 0 && _buckets[place].Start == bucket.Start)
            {
                _buckets[place].Add(bucket.Events);
            }
            else
            {
                _buckets.Insert(place < 0 ? _buckets.Count : place, bucket);
            }
        }
    }

    /// <summary>Takes the buckets that changed since the last time, those that are gone with no events.</summary>
    public IEnumerable<(DateTime Start, SloEvents Events)> TakeChanged()
    {
        // Most of the time nothing is gone, and there are thousands of buckets.
        List<(DateTime, SloEvents)> changed = _gone.Count == 0 ? [] : [.. _gone.Except(_buckets.Select(bucket => bucket.Start)).Select(start => (start, default(SloEvents)))];
        _gone.Clear();
        foreach (Bucket bucket in _buckets)
        {
            if (bucket.TakeChanged())
            {
                changed.Add((bucket.Start, bucket.Events));
            }
        }

        return changed;
    }

    private DateTime StartOf(DateTime now) => new(now.Ticks - (now.Ticks % length.Ticks), DateTimeKind.Utc);

    private void Move(List<Bucket> buckets, long steps)
    {
        if (steps == 0)
        {
            return;
        }

        for (int i = 0; i < buckets.Count; i++)
        {
            Forget(buckets[i]);
            buckets[i] = buckets[i].At(buckets[i].Start + (steps * length));
        }
    }

    private void Forget(Bucket bucket)
    {
        if (bucket.IsStored)
        {
            _gone.Add(bucket.Start);
        }
    }

    private sealed class Bucket(DateTime start)
    {
        private bool _isChanged = true;

        public Bucket(DateTime start, SloEvents stored)
            : this(start)
        {
            Events = stored;
            IsStored = true;
            _isChanged = false;
        }

        public DateTime Start => start;

        public SloEvents Events { get; private set; }

        public bool IsStored { get; private set; }

        public void Add(SloEvents events)
        {
            Events += events;
            _isChanged = true;
        }

        public Bucket At(DateTime moved) => new(moved) { Events = Events };

        public bool TakeChanged()
        {
            bool isChanged = _isChanged;
            IsStored |= isChanged;
            _isChanged = false;
            return isChanged;
        }
    }
}
