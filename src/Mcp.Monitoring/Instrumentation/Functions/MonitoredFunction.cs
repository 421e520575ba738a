using System.ComponentModel;
using System.Runtime.CompilerServices;
using Mcp.Monitoring.Instrumentation.Functions;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring;

/// <summary>A function whose calls are measured; made once. It is there for code that is generated.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MonitoredFunction
{
    private static int _count;
    private static volatile OperationMonitor? _first;

    private readonly int _number = Interlocked.Increment(ref _count) - 1;
    private readonly string _name;

    /// <summary>Names a function.</summary>
    /// <param name="name">The label <c>operation</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/> or empty.</exception>
    public MonitoredFunction(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _name = name;
    }

    /// <summary>Gets or sets the host that measures what runs outside of any request: the one that started first and still runs.</summary>
    internal static OperationMonitor? First
    {
        get => _first;
        set => _first = value;
    }

    /// <summary>Begins a call. Before a host has started it is not measured.</summary>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The call, to be ended and left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FunctionCall Begin(CancellationToken cancellationToken = default)
    {
        OperationContext? around = OperationContext.Current;
        OperationMonitor? monitor = MonitorOf(around);
        return monitor is null ? default : Begin(monitor, around, cancellationToken);
    }

    /// <summary>Measures each enumeration of a stream as a call.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The same elements.</returns>
    public IAsyncEnumerable<T> Stream<T>(IAsyncEnumerable<T> stream, CancellationToken cancellationToken = default) =>
        MonitorOf(OperationContext.Current) is { } monitor ? Stream(monitor, stream, cancellationToken) : stream;

    /// <summary>Counts a call that failed before there was a stream; for an exception filter.</summary>
    /// <param name="exception">What it failed with.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns><see langword="false"/>.</returns>
    public bool Fail(Exception exception, CancellationToken cancellationToken = default) => Fail(Begin(cancellationToken), exception);

    internal bool Fail(OperationMonitor monitor, Exception exception, CancellationToken cancellationToken) => Fail(Begin(monitor, cancellationToken), exception);

    internal FunctionCall Begin(OperationMonitor monitor, CancellationToken cancellationToken) => Begin(monitor, OperationContext.Current, cancellationToken);

    internal IAsyncEnumerable<T> Stream<T>(OperationMonitor monitor, IAsyncEnumerable<T> stream, CancellationToken cancellationToken) =>
        stream is null ? null! : new MonitoredStream<T>(stream, monitor, monitor.Functions.Of(_number, _name), cancellationToken);

    private FunctionCall Begin(OperationMonitor monitor, OperationContext? around, CancellationToken cancellationToken)
    {
        Operation operation = monitor.Functions.Of(_number, _name);
        if (around?.Root?.Monitor != monitor || !monitor.IsQuiet)
        {
            return FunctionCall.Recorded(monitor, operation, cancellationToken);
        }

        operation.Started();
        return new FunctionCall(monitor, operation, around, cancellationToken);
    }

    private static bool Fail(FunctionCall call, Exception exception)
    {
        call.Fail(exception);
        call.Leave();
        return false;
    }

    // What a request has left behind goes on being that host's.
    private static OperationMonitor? MonitorOf(OperationContext? around) => around?.Owner ?? _first;
}
