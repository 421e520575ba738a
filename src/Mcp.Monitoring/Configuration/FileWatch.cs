namespace Mcp.Monitoring.Configuration;

/// <summary>
/// Notices that files are no longer what was read of them by reading them again, on a timer: mounted volumes and links that are swapped, as Kubernetes does it,
/// raise no events, and may bring other content of the same length and time. A change counts once it is the same at two looks, so that a file half written is
/// left alone.
/// </summary>
internal sealed class FileWatch : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Func<IReadOnlyList<FileReading>> _files;
    private readonly Action _changed;
    private readonly Lock _looking = new();
    private readonly ITimer _timer;
    private string _seen;
    private volatile bool _isDisposed;

    /// <param name="files">What was read last, asked anew at each look.</param>
    /// <param name="changed">Called on a thread of the pool, until it is disposed: to read them again.</param>
    /// <param name="time">The clock.</param>
    public FileWatch(Func<IReadOnlyList<FileReading>> files, Action changed, TimeProvider time)
    {
        _files = files;
        _changed = changed;
        _seen = Stamps(Again(files()));
        _timer = time.CreateTimer(static watch => ((FileWatch)watch!).Check(), this, Interval, Interval);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    private void Check()
    {
        lock (_looking)
        {
            if (_isDisposed)
            {
                return;
            }

            IReadOnlyList<FileReading> read = _files();
            string now = Stamps(Again(read));
            bool isSettled = now == _seen;
            _seen = now;
            if (isSettled && now != Stamps(read))
            {
                _changed();
            }
        }
    }

    private static IEnumerable<FileReading> Again(IEnumerable<FileReading> files) => files.Select(file => file.Again());

    private static string Stamps(IEnumerable<FileReading> files) => string.Join('|', files.Select(file => file.Stamp));
}
