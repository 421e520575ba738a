using Polly.CircuitBreaker;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Resilience;

/// <summary>
/// The state of a circuit breaker: it opens after failures in a row, and after a time lets out one call at once until so many in a row have succeeded; one that fails
/// opens it again. What a call that began in an earlier state comes to changes nothing. Any thread.
/// </summary>
internal sealed class CircuitController(Func<ThresholdOptions> thresholds, TimeProvider time, Circuit circuit)
{
    private readonly Lock _lock = new();
    private CircuitState _state = CircuitState.Closed;
    private int _inRow;
    private int _epoch;
    private long _openedAt;
    private long? _trialSince;

    public CircuitState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Asks whether a call may go out.</summary>
    /// <param name="epoch">What to come back with.</param>
    /// <param name="retryAfter">When it may, if it may not now.</param>
    public bool TryEnter(out int epoch, out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            retryAfter = TimeSpan.Zero;
            TimeSpan pause = TimeSpan.FromSeconds(thresholds().CircuitBreakerTimeoutSeconds);
            if (_state == CircuitState.Open)
            {
                TimeSpan left = pause - time.GetElapsedTime(_openedAt);
                if (left > TimeSpan.Zero)
                {
                    retryAfter = left;
                    epoch = _epoch;
                    return false;
                }

                Become(CircuitState.HalfOpen);
            }

            if (_state == CircuitState.HalfOpen)
            {
                // A call that never comes back must not hold it for ever.
                if (_trialSince is { } since && time.GetElapsedTime(since) is var elapsed && elapsed < pause)
                {
                    retryAfter = pause - elapsed;
                    epoch = _epoch;
                    return false;
                }

                if (_trialSince is not null)
                {
                    _epoch++;
                }

                _trialSince = time.GetTimestamp();
            }

            epoch = _epoch;
            return true;
        }
    }

    public void Succeeded(int epoch)
    {
        lock (_lock)
        {
            if (epoch != _epoch)
            {
                return;
            }

            _trialSince = null;
            if (_state == CircuitState.Closed)
            {
                _inRow = 0;
            }
            else if (++_inRow >= thresholds().CircuitBreakerSuccessThreshold)
            {
                Become(CircuitState.Closed);
            }
        }
    }

    public void Failed(int epoch)
    {
        lock (_lock)
        {
            if (epoch != _epoch)
            {
                return;
            }

            if (_state == CircuitState.HalfOpen || ++_inRow >= thresholds().CircuitBreakerFailureThreshold)
            {
                _openedAt = time.GetTimestamp();
                Become(CircuitState.Open);
            }
        }
    }

    /// <summary>Takes back a call of which nothing is known, since its caller did.</summary>
    public void Left(int epoch)
    {
        lock (_lock)
        {
            _trialSince = epoch == _epoch ? null : _trialSince;
        }
    }

    private void Become(CircuitState state)
    {
        _state = state;
        _inRow = 0;
        _trialSince = null;
        _epoch++;
        circuit.Become(state);
    }
}
