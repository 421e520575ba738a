namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Makes something when somebody asks for it, once for all who ask at the same time, and keeps it for a while. Any thread.</summary>
/// <param name="lifetime">How long.</param>
/// <param name="make">Makes it.</param>
/// <param name="time">The clock.</param>
internal sealed class Kept<T>(TimeSpan lifetime, Func<Task<T>> make, TimeProvider time)
{
    private readonly Lock _making = new();
    private Task<T>? _made;
    private long _madeAt;

    /// <summary>Has it made anew for who asks next.</summary>
    public void Forget()
    {
        lock (_making)
        {
            _made = null;
        }
    }

    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_making)
        {
            if (_made is null or { IsFaulted: true } or { IsCanceled: true } || (_made.IsCompleted && time.GetElapsedTime(_madeAt) >= lifetime))
            {
                _madeAt = time.GetTimestamp();
                _made = make();
            }

            return _made.WaitAsync(cancellationToken);
        }
    }
}
