using System.Diagnostics;

namespace Mcp.Monitoring;

/// <summary>Makes spans of the host's own work, for parts of a tool that a trace should show one by one. Take it from the service provider.</summary>
public interface IMcpTracer
{
    /// <summary>
    /// Starts a span, in the operation around the calling code if there is one. Dispose it on the same path of code. It has no effect on the metrics; for work
    /// that is to be counted use <see cref="Monitoring.IMcpMonitor"/>.
    /// </summary>
    /// <param name="name">What is done, from a fixed list of your own, such as <c>read the price list</c>; never text of a client.</param>
    /// <param name="kind">Its place between two services: <see cref="ActivityKind.Client"/> for a call to another.</param>
    /// <returns>The span; one without any effect where nobody listens or the trace is not sampled.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/> or empty.</exception>
    McpSpan StartSpan(string name, ActivityKind kind = ActivityKind.Internal);
}
