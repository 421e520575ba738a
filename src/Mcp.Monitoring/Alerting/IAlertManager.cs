namespace Mcp.Monitoring.Alerting;

/// <summary>
/// Alerts that code raises, and what can be done about all of them. Raising never waits and never throws for reasons of its own: an alert is put into a bounded
/// queue, and what does not fit is counted in <c>mcp_monitoring_dropped_total</c>. The same alert raised again while it fires is one alert. What reads sees the state of
/// at most a second ago.
/// </summary>
public interface IAlertManager
{
    /// <summary>Gets how many alerts and incidents there are.</summary>
    AlertStatistics Statistics { get; }

    /// <summary>Raises an alert of an error: <c>integration</c> and <c>auth</c> are critical, <c>transport</c> and <c>circuit_breaker</c> high, the others medium.</summary>
    /// <param name="errorType">The kind of error.</param>
    /// <param name="operation">The operation it happened in, from a fixed list of your own.</param>
    /// <param name="correlationId">The id by which logs and traces of it are found; shown, never a label.</param>
    /// <returns>A task that is complete.</returns>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    ValueTask RaiseErrorAsync(ErrorType errorType, string operation, string? correlationId = null);

    /// <summary>Raises an alert of a value that is too high: high above 1.5 times the threshold, else medium.</summary>
    /// <param name="metric">What was measured, from a fixed list of your own.</param>
    /// <param name="value">The value.</param>
    /// <param name="threshold">What it should not exceed.</param>
    /// <param name="operation">The operation it was measured in, from a fixed list of your own.</param>
    /// <returns>A task that is complete.</returns>
    /// <exception cref="ArgumentException"><paramref name="metric"/> or <paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    ValueTask RaisePerformanceAsync(string metric, double value, double threshold, string operation);

    /// <summary>Raises an alert of a dependency: high, and critical at the third time within 5 minutes.</summary>
    /// <param name="integration">The dependency, from a fixed list of your own.</param>
    /// <param name="operation">The operation that needed it, from a fixed list of your own.</param>
    /// <param name="message">What went wrong, for people; cut at 1,000 characters.</param>
    /// <param name="correlationId">The id by which logs and traces of it are found; shown, never a label.</param>
    /// <returns>A task that is complete.</returns>
    /// <exception cref="ArgumentException"><paramref name="integration"/> or <paramref name="operation"/> is <see langword="null"/> or empty.</exception>
    ValueTask RaiseIntegrationAsync(string integration, string operation, string message, string? correlationId = null);

    /// <summary>Raises an alert of your own.</summary>
    /// <param name="alert">The alert.</param>
    /// <returns>A task that is complete.</returns>
    /// <exception cref="ArgumentException">A name, label or URL of <paramref name="alert"/> has not the form that it says.</exception>
    ValueTask RaiseAsync(CustomAlert alert);

    /// <summary>Lists alerts, the worst and newest first; those that are over for as long as the retention is, at most 1,000 of them.</summary>
    /// <param name="severity">Those of one severity only.</param>
    /// <param name="state">Those in one state only.</param>
    /// <returns>The alerts.</returns>
    IReadOnlyList<Alert> List(AlertSeverity? severity = null, AlertState? state = null);

    /// <summary>Lists incidents, the newest first.</summary>
    /// <param name="severity">Those of one severity only.</param>
    /// <param name="state">Those in one state only.</param>
    /// <returns>The incidents.</returns>
    IReadOnlyList<Incident> ListIncidents(AlertSeverity? severity = null, IncidentState? state = null);

    /// <summary>Lists silences that are active or to come.</summary>
    /// <returns>The silences.</returns>
    IReadOnlyList<Silence> ListSilences();

    /// <summary>Ends an alert that code raised. One of a rule ends by itself when its condition no longer holds: silence it, or resolve its incident.</summary>
    /// <param name="alertId">The alert's <see cref="Alert.Id"/>.</param>
    /// <param name="by">Who does so.</param>
    /// <returns>Whether there was such an alert to end.</returns>
    Task<bool> ResolveAsync(string alertId, string by);

    /// <summary>Says that somebody looks after an incident: nobody else is called.</summary>
    /// <param name="incident">Its number.</param>
    /// <param name="by">Who does so.</param>
    /// <param name="comment">What there is to say, if anything.</param>
    /// <returns>Whether there was such an incident that was not over.</returns>
    Task<bool> AcknowledgeAsync(int incident, string by, string? comment = null);

    /// <summary>Ends an incident. While its alerts go on firing it stays so for an hour, and is not opened again.</summary>
    /// <param name="incident">Its number.</param>
    /// <param name="by">Who does so.</param>
    /// <param name="comment">What there is to say, if anything.</param>
    /// <returns>Whether there was such an incident that was not over.</returns>
    Task<bool> ResolveIncidentAsync(int incident, string by, string? comment = null);

    /// <summary>Keeps alerts from being told. What was told before is still told to be over.</summary>
    /// <param name="silence">Which alerts, and until when.</param>
    /// <returns>The silence with its id.</returns>
    /// <exception cref="ArgumentException"><paramref name="silence"/> matches everything, has ended, or a matcher is not valid.</exception>
    Task<Silence> SilenceAsync(Silence silence);

    /// <summary>Ends a silence before its time.</summary>
    /// <param name="silenceId">Its id.</param>
    /// <returns>Whether there was such a silence.</returns>
    Task<bool> UnsilenceAsync(string silenceId);

    /// <summary>
    /// Sends a test message to one channel, past routes and silences, and waits for the answer: one attempt. It needs no host that runs, so that a deploy can ask before
    /// the server starts.
    /// </summary>
    /// <param name="channel">The channel's name; under <c>mode: forward</c> also <c>alertmanager</c>.</param>
    /// <param name="cancellationToken">Ends the wait; what is being sent is sent all the same.</param>
    /// <returns>What became of it, and if it did not arrive, what is wrong; at most a little more than twice <see cref="IAlertChannel.SendLimit"/> later.</returns>
    /// <exception cref="ArgumentException"><paramref name="channel"/> is <see langword="null"/> or empty.</exception>
    Task<DeliveryResult> SendTestAsync(string channel, CancellationToken cancellationToken = default);
}
