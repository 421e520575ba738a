using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>
/// A server whose host answers for its tools, prompts or resources itself has no primitives to match; what it lists is then the list that we own.
/// </summary>
internal static class ListedNames
{
    public static void Install(McpServerOptions options, PrimitiveOperations operations)
    {
        McpRequestFilters filters = options.Filters.Request;
        if (options.Handlers.ListToolsHandler is not null)
        {
            filters.ListToolsFilters.Insert(0, Learning<ListToolsRequestParams, ListToolsResult>(
                operations, OperationType.Tools, static result => result.Tools.Select(tool => tool.Name)));
        }

        if (options.Handlers.ListPromptsHandler is not null)
        {
            filters.ListPromptsFilters.Insert(0, Learning<ListPromptsRequestParams, ListPromptsResult>(
                operations, OperationType.Prompts, static result => result.Prompts.Select(prompt => prompt.Name)));
        }

        if (options.Handlers.ListResourcesHandler is not null)
        {
            filters.ListResourcesFilters.Insert(0, Learning<ListResourcesRequestParams, ListResourcesResult>(
                operations, OperationType.Resources, static result => result.Resources.Select(resource => resource.Uri)));
        }
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
