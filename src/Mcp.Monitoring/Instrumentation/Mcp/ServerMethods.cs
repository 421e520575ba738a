#pragma warning disable MCPEXP002 // Request handlers of the host's own are marked experimental; this file alone names them.
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>The protocol methods that a server will be asked for, by what it offers.</summary>
internal static class ServerMethods
{
    public static IEnumerable<string> Of(McpServerOptions options)
    {
        yield return RequestMethods.Initialize;
        yield return RequestMethods.ServerDiscover;
        yield return RequestMethods.Ping;
        if (options.ToolCollection is not null || options.Handlers.ListToolsHandler is not null)
        {
            yield return RequestMethods.ToolsList;
        }

        if (options.PromptCollection is not null || options.Handlers.ListPromptsHandler is not null)
        {
            yield return RequestMethods.PromptsList;
        }

        if (options.ResourceCollection is not null || options.Handlers.ListResourcesHandler is not null)
        {
            yield return RequestMethods.ResourcesList;
            yield return RequestMethods.ResourcesTemplatesList;
        }

        foreach (McpServerRequestHandler own in options.RequestHandlers ?? [])
        {
            yield return own.Method;
        }
    }
}
