using System.Collections.Concurrent;
using Mcp.Monitoring.Instrumentation.Dependencies.Resilience;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies;

/// <summary>One dependency of this host: its series, found once, and what its calls do to the operation around them. Any thread.</summary>
internal sealed class Dependency(string name, DependencyFamilies families, OperationMonitor monitor, DependencySpans spans)
{
    // A delegate that makes names of paths must not make a series of each.
    private const int MostCalls = 100;

    private readonly ConcurrentDictionary<string, DependencyCall> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Operation, Counter> _times = new(ReferenceEqualityComparer.Instance);
    private readonly DependencyFailure[] _failures = [.. OperationLabels.ErrorTypes.Select(type => new DependencyFailure(name, type))];
    private Circuit? _circuit;
    private Tuple<Counter, Counter>? _connections;
    private readonly Gauge _up = NewGauge(families.Up, name);

    /// <summary>Gets the label <c>dependency</c>.</summary>
    public string Name => name;

    public OperationMonitor Monitor => monitor;

    public DependencySpans Spans => spans;

    /// <summary>Gets its circuit breaker, whose series exist from now on.</summary>
    public Circuit Circuit => LazyInitializer.EnsureInitialized(ref _circuit, () => new Circuit(name, families));

    public DependencyCall Call(string call)
    {
        if (_calls.TryGetValue(call, out DependencyCall? known))
        {
            return known;
        }

        string admitted = WellFormedText.Of(call) is { Length: > 0 and <= OperationCatalog.LongestName } text && _calls.Count < MostCalls ? text : OperationLabels.Other;
        return _calls.GetOrAdd(admitted, static (call, dependency) => dependency.NewCall(call), this);
    }

    /// <summary>Counts a connection that was made, or not.</summary>
    public void CountConnection(bool isMade)
    {
        (Counter made, Counter failed) = _connections ?? LazyInitializer.EnsureInitialized(ref _connections, () => Tuple.Create(families.Connections.With(name, "success"), families.Connections.With(name, "error")));
        (isMade ? made : failed).Increment();
    }

    /// <summary>Adds to what an operation spent here.</summary>
    public void AddTime(Operation operation, long ticks) =>
        (_times.TryGetValue(operation, out Counter? known) ? known : _times.GetOrAdd(operation, families.OperationTime.With(operation.Name, name))).Add(ticks);

    /// <summary>Counts a call that was tried again.</summary>
    public void CountRetry(RetryResult result)
    {
        families.RetryAttempts.With(name, result == RetryResult.Success ? "success" : "failure").Increment();
        if (result == RetryResult.Exhausted)
        {
            CountExhausted();
        }
    }

    /// <summary>Counts a call that was given up.</summary>
    public void CountExhausted() => families.RetryExhausted.With(name).Increment();

    public void Answered(bool isUp) => _up.Set(isUp ? 1 : 0);

    /// <summary>Gets the failure that an error of this kind is laid to; what a dependency fails by is its fault, whatever the exception.</summary>
    public DependencyFailure Failure(ErrorType type) =>
        _failures[(int)(type is ErrorType.Auth or ErrorType.Timeout or ErrorType.CircuitBreaker ? type : ErrorType.Integration)];

    /// <summary>Gets the context that a call is made in, if it is one of this host.</summary>
    public OperationContext? Context() => OperationContext.Current is { } context && (context.Owner is null || context.Owner == monitor) ? context : null;

    // Absent until something is known.
    private static Gauge NewGauge(GaugeFamily family, string name)
    {
        Gauge gauge = family.With(name);
        gauge.Set(double.NaN);
        return gauge;
    }

    /// <summary>Says what a failure means, whose caller may have left.</summary>
    public ErrorClassification Classify(OperationContext? context, Exception exception) =>
        context?.Root is { } root && root.Monitor == monitor ? monitor.Classify(root, exception) : monitor.Classify(exception);

    private DependencyCall NewCall(string call) =>
        new(this, [.. CallOutcomes.All.Select(outcome => families.CallDuration.With(name, call, outcome.Label()))], call);
}
