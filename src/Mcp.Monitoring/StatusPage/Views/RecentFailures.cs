using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Keeps the last errors of the host: 300 of the server and its tools, and 50 of callers, who must not push those out. Any thread.</summary>
internal sealed class RecentFailures(TimeProvider time) : ErrorSink
{
    private const int MostOfServer = 300, MostOfCallers = 50, MostOperations = 10_000;

    // Of the message no more is kept than is shown, and room for a secret that is taken out.
    private const int LongestMessage = 1_000;

    private readonly Lock _keeping = new();
    private readonly Queue<KeptFailure> _ofServer = new(), _ofCallers = new();
    private readonly Dictionary<(string Type, string Operation), DateTimeOffset> _last = [];

    /// <summary>Gets them, the newest first.</summary>
    public IReadOnlyList<KeptFailure> All
    {
        get
        {
            lock (_keeping)
            {
                return [.. _ofServer.Concat(_ofCallers).OrderByDescending(failure => failure.At)];
            }
        }
    }

    /// <summary>Gets when the server has last failed a call of an operation.</summary>
    public DateTimeOffset? LastOf(string type, string operation)
    {
        lock (_keeping)
        {
            return _last.TryGetValue((type, operation), out DateTimeOffset last) ? last : null;
        }
    }

    public override void Counted(in CountedError error)
    {
        var kept = new KeptFailure(
            time.GetUtcNow(), error.OperationType, error.Operation, error.Type, error.Outcome, error.Dependency,
            error.Exception?.GetType().FullName, MessageOf(error.Exception), error.Context?.CorrelationId, error.Context?.TraceId);
        bool isOfCaller = error.Outcome == OperationOutcome.ClientError;
        Queue<KeptFailure> queue = isOfCaller ? _ofCallers : _ofServer;
        lock (_keeping)
        {
            if (queue.Count == (isOfCaller ? MostOfCallers : MostOfServer))
            {
                queue.Dequeue();
            }

            queue.Enqueue(kept);
            if (error.Outcome == OperationOutcome.ServerError && (_last.Count < MostOperations || _last.ContainsKey((error.OperationType, error.Operation))))
            {
                _last[(error.OperationType, error.Operation)] = kept.At;
            }
        }
    }

    // Exceptions of others may throw when they are asked what they say.
    private static string? MessageOf(Exception? exception)
    {
        try
        {
            return exception is not null && ExceptionText.MessageOf(exception) is { } message ? TextCut.AtWord(message, LongestMessage) : null;
        }
        catch (Exception)
        {
            return null;
        }
    }
}

/// <summary>An error as it was counted; the message as the exception said it.</summary>
internal sealed record KeptFailure(
    DateTimeOffset At,
    string OperationType,
    string Operation,
    ErrorType ErrorType,
    OperationOutcome Outcome,
    string? Dependency,
    string? Exception,
    string? Message,
    string? CorrelationId,
    string? TraceId);
