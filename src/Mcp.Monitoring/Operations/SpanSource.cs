using System.Diagnostics;

namespace Mcp.Monitoring.Operations;

/// <summary>Who makes spans of operations and of the host's own work, while somebody listens. Called on the request's thread.</summary>
internal abstract class SpanSource() : OperationListener(InternalErrors.Tracing, OperationMoments.Started | OperationMoments.Failing | OperationMoments.Completed)
{
    /// <summary>What activities of requests and of other operations are started as; Sentry takes its <c>op</c> from it.</summary>
    public const string Request = "mcp.server", Function = "function";

    /// <summary>The custom property of a root's activity by which a listener says that it wants it described, whatever the sampler says.</summary>
    public const string CollectorProperty = "mcp.monitoring.collector";

    public abstract override bool IsListenedTo { get; }

    /// <summary>Starts a span of the host's own work, and makes it current; its starter ends it.</summary>
    /// <param name="name">What is done, from a fixed list of the host's own.</param>
    /// <param name="category">The kind of work, such as <c>db</c>, as Sentry's <c>op</c>.</param>
    /// <param name="kind">Its place between two services.</param>
    /// <param name="startTime">When it started, if that was not now.</param>
    public abstract Activity? Start(string name, string category, ActivityKind kind, DateTimeOffset startTime = default);
}
