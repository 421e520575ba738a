using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Instrumentation.Logging;

/// <summary>
/// The scopes of a host's log records: those that the host's own provider has, and behind them what belongs to the operation in progress. A request costs
/// nothing for it, a record that is written costs one object.
/// </summary>
internal sealed class OperationScopes(IExternalScopeProvider host) : IExternalScopeProvider
{
    private volatile OperationMonitor? _monitor;

    /// <summary>Sets whose operations these are; another host of the process has its own. Logging comes before everything else, so it is told later.</summary>
    public void Follow(OperationMonitor monitor) => _monitor = monitor;

    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        host.ForEachScope(callback, state);
        if (_monitor is { } monitor && OperationContext.Current is { } context && context.Owner == monitor)
        {
            // Last, where it has the last word: the activity around an HTTP request may be of another trace than its operation.
            callback(new OperationLogScope(context.Failed ?? context), state);
        }
    }

    public IDisposable Push(object? state)
    {
        if (state is Question question)
        {
            question.Asked = this;
        }

        return host.Push(state);
    }

    /// <summary>Returns whether the loggers of a factory have these scopes: not those of another make, nor where the host has put another provider in this place.</summary>
    public bool AreThoseOf(ILoggerFactory logging)
    {
        var question = new Question();
        logging.CreateLogger("Mcp.Monitoring").BeginScope(question)?.Dispose();
        return question.Asked == this;
    }

    private sealed class Question
    {
        public OperationScopes? Asked { get; set; }
    }
}
