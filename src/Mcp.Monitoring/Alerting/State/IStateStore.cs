using System.Diagnostics.CodeAnalysis;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>What alerts leave behind for the next start. It fails open: no failure of a disk keeps an alert from being told.</summary>
internal interface IStateStore : IDisposable
{
    /// <summary>Gets why nothing is written at the moment; <see langword="null"/> while all is well.</summary>
    string? Degraded { get; }

    /// <summary>Gets whether anything is kept; memory alone keeps nothing.</summary>
    bool IsKeeping => true;

    /// <summary>Gets whether another process has the file, so that it may take a while until it is read.</summary>
    bool IsLocked => false;

    /// <summary>Begins to read. Whoever has one without a start, such as a tool that only looks at the services, keeps nobody from the file.</summary>
    void Start()
    {
    }

    /// <summary>
    /// Takes what a former run left; <see langword="true"/> once, and soon after the start. Until then the file is being read, or another process still has it: rules are
    /// judged, and nobody is told. After 90 seconds at the latest it is true, with nothing where nothing can be read; see
    /// <see cref="Degraded"/>. Never waits.
    /// </summary>
    bool TryLoad([NotNullWhen(true)] out StateRows? rows);

    /// <summary>Goes on without what a former run left, which takes too long to read: it is set aside, and not mixed with what this run saves.</summary>
    void Forgo()
    {
    }

    /// <summary>Writes changes, and returns once they are durable, or kept in memory until they can be written. Any thread; never throws.</summary>
    void Save(StateChanges changes);
}
