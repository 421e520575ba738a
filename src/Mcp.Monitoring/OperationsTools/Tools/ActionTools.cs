using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.OperationsTools.Answers;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.OperationsTools.Text;
using Mcp.Monitoring.StatusPage.Views;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary><c>acknowledge_incident</c>, <c>silence</c> and <c>resolve_incident</c>: by the number of an incident and nothing else, so that no text that others wrote says what is done.</summary>
internal static class ActionTools
{
    private const int LongestMinutes = 7 * 24 * 60;
    private const string Unnamed = "an agent";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private static readonly TextArgument By = new("by", "For whom it is done, a person's name; taken where the server does not know who calls.") { Longest = 100 };
    private static readonly TextArgument Comment = new("comment", "What there is to say, for people.");
    private static readonly TextArgument Reason = new("comment", "Why, for people.") { IsRequired = true };
    private static readonly IntegerArgument Minutes = new("minutes", "For how long.", 1, LongestMinutes) { Usual = 60 };

    private static readonly ToolDescription AcknowledgeDescription = new()
    {
        Name = ToolNames.Acknowledge,
        Title = "Acknowledge an incident",
        Description = "Says that somebody looks after an incident: nobody else is called. Only if a person has asked for it.",
        Arguments = [IncidentTools.Number, By, Comment],
        Acts = true,
    };

    private static readonly ToolDescription SilenceDescription = new()
    {
        Name = ToolNames.Silence,
        Title = "Silence the alerts of an incident",
        Description = "Keeps the alerts of an incident from being told for 1 minute to 7 days. Only if a person has asked for it.",
        Arguments = [IncidentTools.Number, Minutes, Reason, By],
        Acts = true,
        IsIdempotent = false,
    };

    private static readonly ToolDescription ResolveDescription = new()
    {
        Name = ToolNames.Resolve,
        Title = "Resolve an incident",
        Description = "Ends an incident; while its alerts go on firing it stays so for an hour. Only if a person has asked for it.",
        Arguments = [IncidentTools.Number, By, Comment],
        Acts = true,
    };

    public static McpServerTool Acknowledge(ToolFactory factory) => Change(factory, AcknowledgeDescription, "acknowledged", factory.Sources.Alerts.AcknowledgeAsync);

    public static McpServerTool Resolve(ToolFactory factory) => Change(factory, ResolveDescription, "resolved", factory.Sources.Alerts.ResolveIncidentAsync);

    public static McpServerTool Silence(ToolFactory factory) => factory.Create(SilenceDescription, AnswersJson.Default.ActionAnswer, async (arguments, caller, cancellationToken) =>
    {
        OperationsSources sources = factory.Sources;
        int number = arguments.Integer(IncidentTools.Number);
        IncidentView incident = await IncidentTools.FindAsync(sources, number, cancellationToken).ConfigureAwait(false);
        if (!IncidentTools.IsOpen(incident) || Matchers.TryParse(incident.Matchers) is not { Length: > 0 } matchers)
        {
            throw new RefusedCall($"Incident {number} has no alerts that could be silenced: it is over.");
        }

        string who = Who(arguments, caller);
        DateTimeOffset now = sources.Time.GetUtcNow();
        Silence made = await MakeAsync(sources, new Silence
        {
            Matchers = matchers,
            StartsAt = now,
            EndsAt = now + TimeSpan.FromMinutes(arguments.Integer(Minutes)),
            CreatedBy = who,
            Comment = ForeignText.Clean(arguments.Text(Reason)!),
        }, cancellationToken).ConfigureAwait(false);
        Log.Silenced(sources.Logger, number, who, caller.Address, made.Id, made.EndsAt);
        return new ActionAnswer { Incident = number, Done = "silenced", Until = made.EndsAt, Silence = Plain.Name(made.Id) };
    });

    private static McpServerTool Change(ToolFactory factory, ToolDescription description, string done, Func<int, string, string?, Task<bool>> change) =>
        factory.Create(description, AnswersJson.Default.ActionAnswer, async (arguments, caller, cancellationToken) =>
        {
            int number = arguments.Integer(IncidentTools.Number);
            string who = Who(arguments, caller);
            if (!await change(number, who, arguments.Text(Comment) is { } comment ? ForeignText.Clean(comment) : null).WaitAsync(LongestWait, factory.Sources.Time, cancellationToken).ConfigureAwait(false))
            {
                throw new RefusedCall($"There is no incident {number} that goes on. {ToolNames.ListIncidents} has their numbers.");
            }

            factory.Sources.Views.Forget();
            Log.Changed(factory.Sources.Logger, number, done, who, caller.Address);
            return new ActionAnswer { Incident = number, Done = done };
        });

    // What the server knows goes before what the caller says, and tells that it was said over MCP.
    private static string Who(ToolArguments arguments, Caller caller) =>
        $"{ForeignText.Clean(caller.Name ?? arguments.Text(By) ?? Unnamed)} (MCP)";

    private static async Task<Silence> MakeAsync(OperationsSources sources, Silence silence, CancellationToken cancellationToken)
    {
        try
        {
            Silence made = await sources.Alerts.SilenceAsync(silence).WaitAsync(LongestWait, sources.Time, cancellationToken).ConfigureAwait(false);
            sources.Views.Forget();
            return made;
        }
        catch (ArgumentException fault)
        {
            throw new RefusedCall("The alerts of this incident cannot be silenced together: a matcher for them would hold for too much.", fault.Message);
        }
    }
}
