namespace Mcp.Monitoring.Configuration;

/// <summary>
/// Notices that files have changed by looking at them, on a timer: mounted volumes and links that are swapped, as Kubernetes does it, raise no events. A
/// change counts once it is the same at two looks, so that a file half written is left alone.
/// </summary>
internal sealed class FileWatch : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Func<IReadOnlyList<string>> _files;
    private readonly Action _changed;
    private readonly Lock _looking = new();
    private readonly ITimer _timer;
    private string _known;
    private string _seen;

    /// <param name="files">The files to look at, asked anew at each look.</param>
    /// <param name="changed">Called on a thread of the pool.</param>
    /// <param name="time">The clock.</param>
    public FileWatch(Func<IReadOnlyList<string>> files, Action changed, TimeProvider time)
    {
        _files = files;
        _changed = changed;
        _known = _seen = Look();
        _timer = time.CreateTimer(static watch => ((FileWatch)watch!).Check(), this, Interval, Interval);
    }

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        lock (_looking)
        {
            string now = Look();
            bool isSettled = now == _seen;
            _seen = now;
            if (!isSettled || now == _known)
            {
                return;
            }

            _known = now;
            _changed();
        }
    }

    private string Look() => string.Join('|', _files().Select(Stamp));

    private static string Stamp(string path)
    {
        try
        {
            // Through a handle: what the link leads to, not the link.
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);
            return $"{RandomAccess.GetLength(file)}@{File.GetLastWriteTimeUtc(file).Ticks}";
        }
        catch (Exception)
        {
            return "-";
        }
    }
}
