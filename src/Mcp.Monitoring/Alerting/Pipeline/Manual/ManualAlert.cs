namespace Mcp.Monitoring.Alerting.Pipeline.Manual;

/// <summary>One alert that code raises. Callers note each raise here, which takes no room; the engine looks at what was noted.</summary>
internal sealed class ManualAlert(string rule, AlertLabels labels)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();

    private ManualAlertRaise _last;
    private AlertSeverity _worst;
    private TimeSpan _at = TimeSpan.MinValue;
    private TimeSpan _before = TimeSpan.MinValue;
    private TimeSpan _twoBefore = TimeSpan.MinValue;
    private double _peak = double.NaN;
    private long _count;
    private bool _isQueued;
    private bool _isClosed;

    public string Rule => rule;

    public AlertLabels Labels => labels;

    /// <summary>Gets or sets the episode; none until the engine has taken it up. The engine's thread.</summary>
    public ActiveAlert? Alert { get; set; }

    /// <summary>Gets or sets whether it takes a place among those that are new. The engine's thread, once it is known.</summary>
    public bool IsNew { get; set; }

    /// <summary>Notes that it was raised.</summary>
    /// <returns>Whether the engine must be told; <see langword="null"/> if it is over, and a new one must be made.</returns>
    public bool? Note(in ManualAlertRaise raise, TimeSpan now, long count = 1)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return null;
            }

            (_twoBefore, _before, _at) = (_before, _at, now);
            _last = raise;
            _count += count;
            _peak = double.IsNaN(_peak) || raise.Value > _peak ? raise.Value : _peak;
            AlertSeverity severity = rule == ManualAlertNames.Integration && _twoBefore > now - Soon ? AlertSeverity.Critical : raise.Severity;
            _worst = severity > _worst ? severity : _worst;
            bool mustQueue = !_isQueued;
            _isQueued = true;
            return mustQueue;
        }
    }

    /// <summary>Reads what was noted, and has later raises told again.</summary>
    public ManualAlertState Look()
    {
        lock (_gate)
        {
            _isQueued = false;
            return new ManualAlertState(_last, _worst, _at, _peak, _count);
        }
    }

    /// <summary>Reads what was noted.</summary>
    public ManualAlertState Peek()
    {
        lock (_gate)
        {
            return new ManualAlertState(_last, _worst, _at, _peak, _count);
        }
    }

    /// <summary>Ends it, unless it was raised again after a time.</summary>
    /// <returns>How often it was raised; <see langword="null"/> if it goes on.</returns>
    public long? Close(TimeSpan unlessAfter)
    {
        lock (_gate)
        {
            _isClosed |= _at <= unlessAfter;
            return _isClosed ? _count : null;
        }
    }

    /// <summary>Makes one of an alert of a former run.</summary>
    public static ManualAlert Restored(ActiveAlert alert)
    {
        var raised = new ManualAlert(alert.Rule, alert.Labels) { Alert = alert };
        raised._at = alert.QuietSince ?? alert.FiredAt ?? alert.PendingSince;
        raised._worst = alert.Severity;
        return raised;
    }
}

/// <summary>What was noted of a raised alert.</summary>
/// <param name="Last">What was said last.</param>
/// <param name="Severity">The highest severity.</param>
/// <param name="At">When it was raised last.</param>
/// <param name="Peak">The highest value.</param>
/// <param name="Count">How often it was raised; 0 if only before a restart.</param>
internal readonly record struct ManualAlertState(ManualAlertRaise Last, AlertSeverity Severity, TimeSpan At, double Peak, long Count);
