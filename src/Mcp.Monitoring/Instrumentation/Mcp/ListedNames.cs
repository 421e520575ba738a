using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>
/// A server whose host answers for its tools, prompts or resources itself has no primitives to match; what it lists is then the list that we own.
/// </summary>
internal sealed class ListedNames(PrimitiveOperations operations)
{
    private readonly McpRequestFilter<ListToolsRequestParams, ListToolsResult> _tools = Learning<ListToolsRequestParams, ListToolsResult>(
        operations, OperationType.Tools, static result => result.Tools.Select(tool => tool.Name));

    private readonly McpRequestFilter<ListPromptsRequestParams, ListPromptsResult> _prompts = Learning<ListPromptsRequestParams, ListPromptsResult>(
        operations, OperationType.Prompts, static result => result.Prompts.Select(prompt => prompt.Name));

    private readonly McpRequestFilter<ListResourcesRequestParams, ListResourcesResult> _resources = Learning<ListResourcesRequestParams, ListResourcesResult>(
        operations, OperationType.Resources, static result => result.Resources.Select(resource => resource.Uri));

    public void Install(McpServerOptions options)
    {
        McpRequestFilters filters = options.Filters.Request;
        if (options.Handlers.ListToolsHandler is not null)
        {
            filters.ListToolsFilters.Insert(0, _tools);
        }

        if (options.Handlers.ListPromptsHandler is not null)
        {
            filters.ListPromptsFilters.Insert(0, _prompts);
        }

        if (options.Handlers.ListResourcesHandler is not null)
        {
            filters.ListResourcesFilters.Insert(0, _resources);
        }
    }

    public void Uninstall(McpRequestFilters filters)
    {
        filters.ListToolsFilters.Remove(_tools);
        filters.ListPromptsFilters.Remove(_prompts);
        filters.ListResourcesFilters.Remove(_resources);
    }

    private static McpRequestFilter<TParams, TResult> Learning<TParams, TResult>(
        PrimitiveOperations operations, OperationType type, Func<TResult, IEnumerable<string>> names) =>
        next => async (request, cancellationToken) =>
        {
            TResult result = await next(request, cancellationToken).ConfigureAwait(false);
            foreach (string name in names(result))
            {
                operations.Learn(type, name);
            }

            return result;
        };
}
