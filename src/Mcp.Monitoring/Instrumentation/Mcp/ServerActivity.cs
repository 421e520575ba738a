using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>What all servers of a host count together.</summary>
internal sealed class ServerActivity
{
    private readonly OpenStreams _streams;

    public ServerActivity(MetricsRegistry registry, ClientOptions options, IHttpContextAccessor? http, bool isResumable)
    {
        _streams = registry.Streams;
        Clients = new ClientRequests(registry, options, http, isResumable);
        Sessions = new Sessions(registry);
        Inputs = new PendingInputs(registry);
        registry.Gauge(MetricNames.Sessions).With().Source = () =>
        {
            Inputs.ForgetOld();
            return Sessions.Count();
        };
        foreach (OperationType type in (OperationType[])[OperationType.Tools, OperationType.Resources, OperationType.Prompts, OperationType.Completion, OperationType.Protocol])
        {
            registry.UnknownOperations.With(type.Label());
        }
    }

    public ClientRequests Clients { get; }

    public Sessions Sessions { get; }

    public PendingInputs Inputs { get; }

    public ExpectedAnswers Answers { get; } = new();

    public void StreamOpened() => _streams.Opened();

    public void StreamClosed() => _streams.Closed();
}
