using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>Keeps nothing: alerts are in memory anyway, and nobody reads them back within a run.</summary>
internal sealed class MemoryStateStore(ILogger? logger = null) : IStateStore
{
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private volatile string? _degraded;
    private int _isTaken;

    public string? Degraded => _degraded;

    public bool IsKeeping => false;

    public bool TryLoad([NotNullWhen(true)] out StateRows? rows)
    {
        rows = Interlocked.Exchange(ref _isTaken, 1) == 0 ? StateRows.Empty : null;
        return rows is not null;
    }

    /// <summary>Takes note of where a start would keep alerts with the settings of now. Only a start can: what a former run told must be known before the first word.</summary>
    /// <param name="file">The file; <see langword="null"/> if memory is what is wanted.</param>
    public void Review(string? file)
    {
        string? problem = file is null ? null
            : $"nothing is kept over a restart, since nobody was told of alerts elsewhere when the server started. Start it anew, and they are kept in {file}";
        if (problem is not null && problem != _degraded)
        {
            Log.StoreDegraded(_logger, problem);
        }

        _degraded = problem;
    }

    public void Save(StateChanges changes)
    {
    }

    public void Dispose()
    {
    }
}
