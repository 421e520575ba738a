using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>The requests that failed where we saw it, whose error answer is about to go out. Bounded; past it an error may be counted twice.</summary>
internal sealed class ExpectedAnswers
{
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<Key, byte> _expected = new();
    private int _count;

    public void Expect(MessageContext context, RequestId id)
    {
        if (Volatile.Read(ref _count) < Most && _expected.TryAdd(KeyOf(context, id), 0))
        {
            Interlocked.Increment(ref _count);
        }
    }

    public bool TryTake(MessageContext context, RequestId id)
    {
        bool isTaken = _expected.TryRemove(KeyOf(context, id), out _);
        if (isTaken)
        {
            Interlocked.Decrement(ref _count);
        }

        return isTaken;
    }

    // The server object is a new one for each message, its options are not; ids are counted per session.
    private static Key KeyOf(MessageContext context, RequestId id) =>
        new(context.Server.ServerOptions, context.Server.SessionId, id.ToString());

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Key(object Server, string? Session, string Id);
}
