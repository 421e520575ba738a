using System.Collections;
using System.Text;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Logging;

/// <summary>
/// What a log record of an operation or request says of it: <c>CorrelationId</c>, <c>TraceId</c>, <c>Operation</c> and <c>Session</c>, as far as they exist.
/// Whoever keeps it for later finds in it what was so when the record was written.
/// </summary>
internal sealed class OperationLogScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    public const string CorrelationId = "CorrelationId", TraceId = "TraceId", Operation = "Operation", Session = "Session";

    private readonly OperationContext _context;
    private readonly string? _operation;
    private readonly string? _session;
    private KeyValuePair<string, object?>[]? _items;

    public OperationLogScope(OperationContext context)
    {
        _context = context;
        _operation = context.Operation?.Name;
        _session = context.Call?.Session;
    }

    public int Count => Items.Length;

    public KeyValuePair<string, object?> this[int index] => Items[index];

    private KeyValuePair<string, object?>[] Items => _items ??=
    [
        .. new KeyValuePair<string, object?>[] { new(CorrelationId, _context.CorrelationId), new(TraceId, _context.TraceId), new(Operation, _operation), new(Session, _session) }
            .Where(item => item.Value is not null),
    ];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string key, object? value) in Items)
        {
            text.Append(text.Length == 0 ? "" : " ").Append(key).Append(':').Append(value);
        }

        return text.ToString();
    }
}
