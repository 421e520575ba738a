using System.Diagnostics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies;

/// <summary>The client spans of calls: only in a trace that somebody records.</summary>
internal sealed class DependencySpans(SpanSource source, InternalErrors errors)
{
    /// <summary>The label <c>dependency</c>, by which a span leads to the metrics.</summary>
    public const string DependencyTag = "mcp.monitoring.dependency";

    public bool AreWanted => source.IsListenedTo && Activity.Current is { IsAllDataRequested: true };

    /// <summary>Starts a span, which is current from now on.</summary>
    /// <param name="name">What is called, from a list that is known.</param>
    /// <param name="category">The kind of call.</param>
    /// <param name="startTime">When it started, if that was not now.</param>
    public Activity? Start(string name, string category, DateTimeOffset startTime = default)
    {
        try
        {
            return source.Start(name, category, ActivityKind.Client, startTime);
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Tracing, fault);
            return null;
        }
    }

    public void End(Activity span, Exception? exception)
    {
        Activity? around = span.Parent;
        try
        {
            if (exception is not null && span.IsAllDataRequested)
            {
                // Its message may say what was asked for.
                span.SetTag("error.type", exception.GetType().FullName);
                span.SetStatus(ActivityStatusCode.Error);
            }

            span.Stop();
        }
        catch (Exception fault)
        {
            Activity.Current = around;
            errors.Report(InternalErrors.Tracing, fault);
        }
    }

    public void Report(Exception fault) => errors.Report(InternalErrors.Tracing, fault);
}
