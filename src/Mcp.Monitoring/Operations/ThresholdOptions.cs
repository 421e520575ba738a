using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring;

/// <summary>The limits that operations are judged by.</summary>
public sealed class ThresholdOptions : ISettings
{
    internal const double LongestMs = 3_600_000;

    private const double UsualAlertMs = 500;
    private const double LeastRate = 0.0001;
    private const double Most = 1_000_000;
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private double? _responseTimeAlertMs;

    /// <summary>Gets or sets the duration that calls should keep, in milliseconds. As it is at
    /// start, it is an edge of the latency histogram; each slower call keeps an exemplar.</summary>
    /// <value>The default is 200. Valid range: 1 to 3,600,000.</value>
    public double ResponseTimeThresholdMs { get; set; } = 200;

    /// <summary>Gets or sets the duration from which slow calls are worth an alert, in milliseconds. As it is at start, it is an edge of the
    /// latency histogram.</summary>
    /// <value>The default is 500, or <see cref="ResponseTimeThresholdMs"/> where that is more. Valid range: 1 to 3,600,000, not below
    /// <see cref="ResponseTimeThresholdMs"/>.</value>
    public double ResponseTimeAlertMs
    {
        get => _responseTimeAlertMs ?? Math.Max(UsualAlertMs, ResponseTimeThresholdMs);
        set => _responseTimeAlertMs = value;
    }

    /// <summary>Gets or sets how long a call must have worked for its cancellation to count as a hang: a caller who gives up later has met a timeout
    /// (<c>server_error</c>), one who cancels sooner changed their mind (<c>cancelled</c>). Waits for people do not count.</summary>
    /// <value>The default is 30 seconds. Valid range: 1 second to 1 hour.</value>
    public TimeSpan AbandonedAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the share of failed calls within 5 minutes from which it is an alert.</summary>
    /// <value>The default is 0.01. Valid range: 0.0001 to 1.</value>
    public double ErrorRateThreshold { get; set; } = 0.01;

    /// <summary>Gets or sets how many errors of dependencies a second are an alert.</summary>
    /// <value>The default is 0.01. Valid range: 0.0001 to 1,000,000.</value>
    public double IntegrationErrorsPerSecond { get; set; } = 0.01;

    /// <summary>Gets or sets how many refused sign-ins a second are an alert.</summary>
    /// <value>The default is 0.005. Valid range: 0.0001 to 1,000,000.</value>
    public double AuthErrorsPerSecond { get; set; } = 0.005;

    /// <summary>Gets or sets how many errors of the MCP transport a second are an alert.</summary>
    /// <value>The default is 0.02. Valid range: 0.0001 to 1,000,000.</value>
    public double TransportErrorsPerSecond { get; set; } = 0.02;

    /// <summary>Gets or sets how many requests in progress are an alert.</summary>
    /// <value>The default is 100. Valid range: 1 to 1,000,000.</value>
    public int ActiveRequests { get; set; } = 100;

    /// <summary>Gets or sets after how many failures in a row a circuit breaker opens.</summary>
    /// <value>The default is 5. Valid range: 1 to 1,000.</value>
    public int CircuitBreakerFailureThreshold { get; set; } = 5;

    /// <summary>Gets or sets how long an open circuit breaker waits before it tries again, in seconds.</summary>
    /// <value>The default is 60. Valid range: 1 to 86,400.</value>
    public double CircuitBreakerTimeoutSeconds { get; set; } = 60;

    /// <summary>Gets or sets after how many successes a half-open circuit breaker closes.</summary>
    /// <value>The default is 3. Valid range: 1 to 1,000.</value>
    public int CircuitBreakerSuccessThreshold { get; set; } = 3;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Number(nameof(ErrorRateThreshold), () => ErrorRateThreshold, value => ErrorRateThreshold = value).Live(),
        Setting.Number(nameof(ResponseTimeThresholdMs), () => ResponseTimeThresholdMs, value => ResponseTimeThresholdMs = value).Live(),
        Setting.Number(nameof(ResponseTimeAlertMs), () => ResponseTimeAlertMs, value => ResponseTimeAlertMs = value).Live(),
        Setting.Duration(nameof(AbandonedAfter), () => AbandonedAfter, value => AbandonedAfter = value).Live(),
        Setting.Number(nameof(IntegrationErrorsPerSecond), () => IntegrationErrorsPerSecond, value => IntegrationErrorsPerSecond = value).Live(),
        Setting.Number(nameof(AuthErrorsPerSecond), () => AuthErrorsPerSecond, value => AuthErrorsPerSecond = value).Live(),
        Setting.Number(nameof(TransportErrorsPerSecond), () => TransportErrorsPerSecond, value => TransportErrorsPerSecond = value).Live(),
        Setting.Integer(nameof(ActiveRequests), () => ActiveRequests, value => ActiveRequests = value).Live(),
        Setting.Integer(nameof(CircuitBreakerFailureThreshold), () => CircuitBreakerFailureThreshold, value => CircuitBreakerFailureThreshold = value).Live(),
        Setting.Number(nameof(CircuitBreakerTimeoutSeconds), () => CircuitBreakerTimeoutSeconds, value => CircuitBreakerTimeoutSeconds = value).Live(),
        Setting.Integer(nameof(CircuitBreakerSuccessThreshold), () => CircuitBreakerSuccessThreshold, value => CircuitBreakerSuccessThreshold = value).Live(),
    ];

    IEnumerable<Fault> ISettings.Check() => SettingRules.Faults(
        SettingRules.Between(nameof(ErrorRateThreshold), ErrorRateThreshold, LeastRate, 1),
        SettingRules.Between(nameof(ResponseTimeThresholdMs), ResponseTimeThresholdMs, 1, LongestMs, " milliseconds"),
        SettingRules.Between(nameof(ResponseTimeAlertMs), ResponseTimeAlertMs, 1, LongestMs, " milliseconds")
            ?? (ResponseTimeThresholdMs <= LongestMs && ResponseTimeAlertMs < ResponseTimeThresholdMs
                ? Fault.Of(nameof(ResponseTimeAlertMs), ResponseTimeAlertMs, string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"Set it to response_time_threshold_ms ({ResponseTimeThresholdMs}) or more, or the alert comes before the target is missed."))
                : null),
        AbandonedAfter < ShortestWait || AbandonedAfter > LongestWait
            ? Fault.Of(nameof(AbandonedAfter), AbandonedAfter, "Set it between 00:00:01 and 01:00:00.")
            : null,
        SettingRules.Between(nameof(IntegrationErrorsPerSecond), IntegrationErrorsPerSecond, LeastRate, Most),
        SettingRules.Between(nameof(AuthErrorsPerSecond), AuthErrorsPerSecond, LeastRate, Most),
        SettingRules.Between(nameof(TransportErrorsPerSecond), TransportErrorsPerSecond, LeastRate, Most),
        SettingRules.Between(nameof(ActiveRequests), ActiveRequests, 1, Most),
        SettingRules.Between(nameof(CircuitBreakerFailureThreshold), CircuitBreakerFailureThreshold, 1, 1_000),
        SettingRules.Between(nameof(CircuitBreakerTimeoutSeconds), CircuitBreakerTimeoutSeconds, 1, 86_400, " seconds"),
        SettingRules.Between(nameof(CircuitBreakerSuccessThreshold), CircuitBreakerSuccessThreshold, 1, 1_000));

    // What follows another setting by itself goes on to do so.
    void ISettings.TakeRest(ISettings other) => _responseTimeAlertMs = ((ThresholdOptions)other)._responseTimeAlertMs;
}
