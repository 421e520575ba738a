using System.Text.Json.Serialization.Metadata;
using Mcp.Monitoring.OperationsTools.Calls;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary>Makes the tools of one server.</summary>
/// <param name="sources">What they read and act on.</param>
/// <param name="prefix">What their names begin with.</param>
/// <param name="callerOf">Who calls.</param>
internal sealed class ToolFactory(OperationsSources sources, string prefix, Func<MessageContext, ValueTask<Caller>> callerOf)
{
    public OperationsSources Sources => sources;

    /// <summary>Makes the tools that read.</summary>
    public IReadOnlyList<McpServerTool> Reading() =>
    [
        StatusTool.Create(this),
        IncidentTools.List(this),
        IncidentTools.Explain(this),
        OperationTools.List(this),
        OperationTools.Explain(this),
        FailuresTool.Create(this),
        MetricTool.Create(this),
        ObjectivesTool.Create(this),
        RulesTool.Create(this),
    ];

    /// <summary>Makes those that act.</summary>
    public IReadOnlyList<McpServerTool> Acting() => [ActionTools.Acknowledge(this), ActionTools.Silence(this), ActionTools.Resolve(this)];

    public McpServerTool Create<TAnswer>(ToolDescription description, JsonTypeInfo<TAnswer> type, Func<ToolArguments, Caller, CancellationToken, Task<TAnswer>> call) =>
        new OperationsTool<TAnswer>(description, prefix, type, callerOf, call);
}
