using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>What there is to say of the file: why nothing is written, what keeps a start from reading it, what has become of it lately. The store's thread says it, any thread reads it.</summary>
internal sealed class StateStatus(string file, TimeSpan tellNews, ILogger logger)
{
    private string? _fault;
    private string? _lost;
    private string? _warning;
    private string? _news;
    private TimeSpan _newsUntil;

    public string? Degraded => Volatile.Read(ref _fault) ?? Volatile.Read(ref _warning) ?? Volatile.Read(ref _news);

    /// <summary>Gets whether nothing can be written.</summary>
    public bool IsFaulty => _fault is not null;

    /// <summary>Forgets news that are old.</summary>
    public void Tick(TimeSpan now)
    {
        if (_news is not null && now >= _newsUntil)
        {
            Volatile.Write(ref _news, null);
        }
    }

    /// <summary>Nothing can be written for now, or not at all.</summary>
    public void Failed(string fault)
    {
        if (_fault != fault)
        {
            Volatile.Write(ref _fault, fault);
            Log.StoreDegraded(logger, fault);
        }
    }

    /// <summary>What was written is not where the next start looks for it.</summary>
    public void Lost(string problem)
    {
        _lost = problem;
        Failed($"{file} is lost, {problem}; alerts are kept in memory, and written anew once they can be");
    }

    /// <summary>It is written, but somebody should see to it.</summary>
    public void Warn(string? problem)
    {
        string? warning = problem is null ? null : $"{file} could not be opened again by a next start: {problem}. Give this process the right to read and write it";
        if (_warning != warning)
        {
            Volatile.Write(ref _warning, warning);
            if (warning is not null)
            {
                Log.StoreDegraded(logger, warning);
            }
        }
    }

    /// <summary>All is written.</summary>
    public void Written(TimeSpan now)
    {
        if (_fault is null)
        {
            return;
        }

        if (_lost is not null)
        {
            Report($"{file} was written anew: {_lost} while the server ran", now);
            _lost = null;
        }

        Volatile.Write(ref _fault, null);
        Log.StoreRecovered(logger, file);
    }

    public void SetAside(string aside, string problem, bool isForgotten, TimeSpan now)
    {
        Report($"{file} was set aside as {aside}, because {problem}; a new one was begun, {(isForgotten ? "without what the old one held" : "with what this run knows")}", now);
        Log.StoreSetAside(logger, file, aside, problem);
    }

    private void Report(string news, TimeSpan now)
    {
        _newsUntil = now + tellNews;
        Volatile.Write(ref _news, news);
    }
}
