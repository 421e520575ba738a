#pragma warning disable MCPEXP002 // The alternate pipeline is marked experimental; this file alone names it.
using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>
/// Tool calls of a server with an explicit <c>CallToolWithAlternateHandler</c>, which refuses ordinary call-tool filters at its creation.
/// </summary>
internal sealed class AlternateToolFilter
{
    private readonly McpRequestInvocationFilter<CallToolRequestParams, ResultOrAlternate<CallToolResult>> _outer;
    private readonly McpRequestInvocationFilter<CallToolRequestParams, ResultOrAlternate<CallToolResult>> _inner =
        InnerHandler<CallToolRequestParams, ResultOrAlternate<CallToolResult>>.InvokeAsync;

    public AlternateToolFilter(
        McpServerInstrumentation owner, Func<CallToolRequestParams?, Operation> bindUnmatched, Func<CallToolResult, OperationOutcome> judge)
    {
        var filter = new RequestFilter<CallToolRequestParams, ResultOrAlternate<CallToolResult>>(
            owner, ProtocolMethod.ToolsCall, bindUnmatched, answer => answer.Result is { } result ? judge(result) : OperationOutcome.Success);
        _outer = filter.CreateHandler().InvokeAsync;
    }

    public static bool IsNeeded(McpServerOptions options) => options.Handlers.CallToolWithAlternateHandler is not null;

    public void Install(McpRequestFilters filters)
    {
        bool hasOthers = filters.CallToolWithAlternateFilters.Count > 0;
        filters.CallToolWithAlternateFilters.Insert(0, _outer);
        if (hasOthers)
        {
            filters.CallToolWithAlternateFilters.Add(_inner);
        }
    }

    public void Uninstall(McpRequestFilters filters)
    {
        filters.CallToolWithAlternateFilters.Remove(_outer);
        filters.CallToolWithAlternateFilters.Remove(_inner);
    }
}
