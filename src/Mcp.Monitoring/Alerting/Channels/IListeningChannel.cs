namespace Mcp.Monitoring.Alerting.Channels;

/// <summary>A channel in which people answer.</summary>
internal interface IListeningChannel
{
    /// <summary>Gets whether the settings say who may answer.</summary>
    bool TakesAnswers { get; }

    /// <summary>Has it listen as its settings say, on a thread of its own; called at the start and after each reload. It returns at once.</summary>
    /// <param name="ready">Ends once the channels' memory is what it was before a restart, and never fails.</param>
    void Listen(Task ready);

    /// <summary>Ends listening, and waits for that at most so long.</summary>
    void Stop(TimeSpan limit);
}
