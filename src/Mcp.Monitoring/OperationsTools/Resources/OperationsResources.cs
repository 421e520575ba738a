using Mcp.Monitoring.OperationsTools.Answers;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.OperationsTools.Tools;
using Mcp.Monitoring.StatusPage.Views;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Resources;

/// <summary>What can be attached to a conversation.</summary>
internal static class OperationsResources
{
    public static IReadOnlyList<McpServerResource> All(OperationsSources sources, Func<MessageContext, Caller> callerOf) =>
    [
        new OperationsResource<StatusAnswer>(
            new ResourceTemplate
            {
                UriTemplate = ResourceUris.Status,
                Name = "status",
                Title = "Status of this server",
                Description = $"How the server is now, as {ToolNames.Status} tells it.",
                MimeType = OperationsResource<StatusAnswer>.Json,
            },
            AnswersJson.Default.StatusAnswer,
            static uri => uri == ResourceUris.Status,
            callerOf,
            async (_, cancellationToken) => StatusTool.Of(await sources.StatusAsync(cancellationToken).ConfigureAwait(false))),
        new OperationsResource<IncidentStory>(
            new ResourceTemplate
            {
                UriTemplate = ResourceUris.Incident,
                Name = "incident",
                Title = "An incident",
                Description = $"The story of an incident, as {ToolNames.ExplainIncident} tells it.",
                MimeType = OperationsResource<IncidentStory>.Json,
            },
            AnswersJson.Default.IncidentStory,
            static uri => ResourceUris.IncidentOf(uri) is not null,
            callerOf,
            async (uri, cancellationToken) => await IncidentTools.FindOrNullAsync(sources, ResourceUris.IncidentOf(uri)!.Value, cancellationToken).ConfigureAwait(false) is IncidentView incident
                ? IncidentStory.Of(incident)
                : null),
    ];
}
