using System.Diagnostics;
using Mcp.Monitoring.Tracing.Spans;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Tracing.Spans;

/// <summary>Listens to the spans of one host, and to no other's, although all have the same name.</summary>
internal sealed class SpanListener : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly List<Activity> _ended = [];

    public SpanListener(IServiceProvider services, ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded, params ActivitySource[] others)
    {
        ActivitySource own = services.GetRequiredService<OperationSpans>().Source;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, own) || others.Contains(source),
            Sample = (ref _) => sampling,
            ActivityStarted = activity => Started?.Invoke(activity),
            ActivityStopped = activity =>
            {
                lock (_ended)
                {
                    _ended.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Action<Activity>? Started { get; set; }

    public IReadOnlyList<Activity> Ended
    {
        get
        {
            lock (_ended)
            {
                return [.. _ended];
            }
        }
    }

    public Activity Single(string name) => Xunit.Assert.Single(Ended, activity => activity.DisplayName == name);

    public void Dispose() => _listener.Dispose();
}
