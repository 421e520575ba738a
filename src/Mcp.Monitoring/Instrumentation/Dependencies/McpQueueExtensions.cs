using System.Threading.Channels;

namespace Mcp.Monitoring;

/// <summary>Measures queues of the framework.</summary>
public static class McpQueueExtensions
{
    /// <summary>Measures a channel by its reader.</summary>
    /// <typeparam name="T">What is in it.</typeparam>
    /// <param name="dependencies">Where it is measured.</param>
    /// <param name="queue">The label <c>queue</c>, a fixed name.</param>
    /// <param name="reader">The reader of the channel, which must be able to count: every channel of the framework but an unbounded one with a single reader.</param>
    /// <param name="capacity">How many it can hold, 1 or more; <see langword="null"/> if there is no limit.</param>
    /// <returns>The queue.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="reader"/> cannot count.</exception>
    public static IQueueMonitor RegisterQueue<T>(this IMcpDependencies dependencies, string queue, ChannelReader<T> reader, long? capacity = null)
    {
        ArgumentNullException.ThrowIfNull(dependencies);
        ArgumentNullException.ThrowIfNull(reader);
        if (!reader.CanCount)
        {
            throw new ArgumentException("This channel cannot count what is in it. Create it without SingleReader, or register the queue with a delegate of your own.", nameof(reader));
        }

        return dependencies.RegisterQueue(queue, () => reader.Count, capacity);
    }
}
