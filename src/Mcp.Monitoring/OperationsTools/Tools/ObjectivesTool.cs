using Mcp.Monitoring.OperationsTools.Answers;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.StatusPage.Views;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary><c>get_slo</c>.</summary>
internal static class ObjectivesTool
{
    private static readonly ToolDescription Description = new()
    {
        Name = ToolNames.Objectives,
        Title = "Service level objectives",
        Description = "Objectives over 30 days: target, share of the error budget that is left, and how fast it is spent (burn rate; 1 is as fast as allowed).",
    };

    public static McpServerTool Create(ToolFactory factory) => factory.Create(Description, AnswersJson.Default.ObjectivesAnswer, async (_, _, cancellationToken) =>
    {
        StatusView status = await factory.Sources.StatusAsync(cancellationToken).ConfigureAwait(false);
        return new ObjectivesAnswer { Objectives = [.. status.Objectives.Select(ObjectiveAnswer.Of)] };
    });
}
