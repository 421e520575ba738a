using System.Diagnostics;

namespace Mcp.Monitoring.Operations;

/// <summary>Who makes spans of operations and of the host's own work, while somebody listens. Called on the request's thread.</summary>
internal abstract class SpanSource
{
    /// <summary>What activities of requests and of other operations are started as; Sentry takes its <c>op</c> from it.</summary>
    public const string Request = "mcp.server", Function = "function";

    /// <summary>The custom property of a root's activity by which a listener says that it wants it described, whatever the sampler says.</summary>
    public const string CollectorProperty = "mcp.monitoring.collector";

    public abstract bool IsListenedTo { get; }

    /// <summary>Starts the span of an operation that has just been opened, and makes it current; <see langword="null"/> where no listener wants it.</summary>
    public abstract Activity? Start(OperationRecord record);

    /// <summary>Called when an error has been counted in a request, before anybody is told of it: a request without a span may be given one.</summary>
    public abstract void Keep(OperationRecord root);

    /// <summary>Called for each operation whose outcome is settled: ends its span, if it has one.</summary>
    public abstract void End(OperationRecord record);

    /// <summary>Starts a span of the host's own work, and makes it current; its starter ends it.</summary>
    /// <param name="name">What is done, from a fixed list of the host's own.</param>
    /// <param name="category">The kind of work, such as <c>db</c>, as Sentry's <c>op</c>.</param>
    /// <param name="kind">Its place between two services.</param>
    public abstract Activity? Start(string name, string category, ActivityKind kind);
}
