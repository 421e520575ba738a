namespace Mcp.Monitoring.Alerting;

/// <summary>Keeps what fails from holding up what does not: it is reported, and the others go on. It belongs to the engine's thread.</summary>
internal sealed class FaultIsolation(Action<Exception>? report = null)
{
    /// <summary>When what failed is looked at again.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets whether anything has failed since this was last set to <see langword="false"/>.</summary>
    public bool HasFailed { get; set; }

    public void Report(Exception exception)
    {
        HasFailed = true;
        report?.Invoke(exception);
    }

    public void Try(Action part)
    {
        try
        {
            part();
        }
        catch (Exception exception)
        {
            Report(exception);
        }
    }

    /// <summary>Runs a part that says when it wants to run next; one that fails does not say.</summary>
    public TimeSpan? Try(Func<TimeSpan?> part)
    {
        try
        {
            return part();
        }
        catch (Exception exception)
        {
            Report(exception);
            return null;
        }
    }

    public void Each<T>(IEnumerable<T> items, Action<T> part)
    {
        foreach (T item in items)
        {
            try
            {
                part(item);
            }
            catch (Exception exception)
            {
                Report(exception);
            }
        }
    }
}
