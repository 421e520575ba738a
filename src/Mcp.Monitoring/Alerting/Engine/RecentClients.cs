using System.Collections.Concurrent;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>The clients of the last calls of each operation that were the caller's own fault; told on the request's thread, and of such calls only.</summary>
internal sealed class RecentClients : ErrorSink, IRecentClients
{
    private const int Remembered = 16;

    private readonly ConcurrentDictionary<(string Type, string Operation), Ring> _rings = new();

    public override void Counted(in CountedError error)
    {
        if (error.Outcome == OperationOutcome.ClientError && (error.Record ?? error.Root)?.Call?.Client is { } client)
        {
            _rings.GetOrAdd((error.OperationType, error.Operation), static _ => new Ring()).Add(client);
        }
    }

    public string? MostAtFault(string operationType, string operation) =>
        _rings.TryGetValue((operationType, operation), out Ring? ring) ? ring.Most() : null;

    private sealed class Ring
    {
        private readonly string?[] _clients = new string?[Remembered];
        private int _next;

        public void Add(string client) => Volatile.Write(ref _clients[(uint)Interlocked.Increment(ref _next) % Remembered], client);

        public string? Most() => _clients.OfType<string>().CountBy(client => client, StringComparer.Ordinal).MaxBy(count => count.Value).Key;
    }
}
