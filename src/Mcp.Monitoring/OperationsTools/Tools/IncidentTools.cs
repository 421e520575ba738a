using Mcp.Monitoring.OperationsTools.Answers;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.StatusPage.Views;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary><c>list_incidents</c> and <c>explain_incident</c>.</summary>
internal static class IncidentTools
{
    /// <summary>The argument by which an incident is named.</summary>
    public static readonly IntegerArgument Number = new("number", $"The number of the incident, from {ToolNames.ListIncidents}.", 1, int.MaxValue) { IsRequired = true };

    private const string Open = "open", Resolved = "resolved", All = "all";

    private static readonly ChoiceArgument State = new("state", "Which: open (the default), resolved (the last 10) or all.", [Open, Resolved, All]);

    private static readonly ToolDescription ListDescription = new()
    {
        Name = ToolNames.ListIncidents,
        Title = "List incidents",
        Description = $"Incidents: all alerts of one dependency or operation together, with state, severity and since when. {ToolNames.ExplainIncident} tells the story of one.",
        Arguments = [State],
    };

    private static readonly ToolDescription ExplainDescription = new()
    {
        Name = ToolNames.ExplainIncident,
        Title = "Explain an incident",
        Description = "The story of one incident: its alerts with value and limit, cause, facts that help, who was told when, timeline, correlation ids of errors.",
        Arguments = [Number],
    };

    public static bool IsOpen(IncidentView incident) => incident.ResolvedAt is null;

    public static McpServerTool List(ToolFactory factory) => factory.Create(ListDescription, AnswersJson.Default.IncidentsAnswer, async (arguments, _, cancellationToken) =>
    {
        StatusView status = await factory.Sources.StatusAsync(cancellationToken).ConfigureAwait(false);
        string state = arguments.Text(State) ?? Open;
        return new IncidentsAnswer { Incidents = [.. status.Incidents.Where(incident => state == All || IsOpen(incident) == (state == Open)).Select(IncidentAnswer.Of)] };
    });

    public static McpServerTool Explain(ToolFactory factory) => factory.Create(
        ExplainDescription,
        AnswersJson.Default.IncidentStory,
        async (arguments, _, cancellationToken) => IncidentStory.Of(await FindAsync(factory.Sources, arguments.Integer(Number), cancellationToken).ConfigureAwait(false)));

    /// <exception cref="RefusedCall">There is none of that number.</exception>
    public static async Task<IncidentView> FindAsync(OperationsSources sources, int number, CancellationToken cancellationToken) =>
        await FindOrNullAsync(sources, number, cancellationToken).ConfigureAwait(false)
        ?? throw new RefusedCall($"There is no incident {number} among those that go on and the last 10 that are over. {ToolNames.ListIncidents} has their numbers.");

    public static async Task<IncidentView?> FindOrNullAsync(OperationsSources sources, int number, CancellationToken cancellationToken) =>
        (await sources.StatusAsync(cancellationToken).ConfigureAwait(false)).Incidents.FirstOrDefault(incident => incident.Number == number);
}
