using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>Takes notifications and has them sent, each channel by a thread of its own.</summary>
internal interface IOutbox
{
    /// <summary>Gets how the channels are, in the order of preference; any thread.</summary>
    IReadOnlyList<ChannelStatus> Channels { get; }

    /// <summary>Takes over what a former run left: what waited is sent, what was being sent is sent again as a possible duplicate. Puts what is thereby over into the
    /// changes. Once, before the first <see cref="Release"/>; engine's thread.</summary>
    void Restore(StateRows rows, StateChanges changes);

    /// <summary>Adds a message and puts it, and what it supersedes, into the changes; nobody sends it before <see cref="Release"/>. Engine's thread.</summary>
    void Enqueue(OutboxMessage message, StateChanges changes);

    /// <summary>Lets the workers have what was enqueued; called when it has been saved. Engine's thread.</summary>
    void Release();

    /// <summary>Takes the next message that has come to its end: sent, superseded or dead. Engine's thread.</summary>
    bool TryTakeReport([MaybeNullWhen(false)] out OutboxMessage ended);
}
