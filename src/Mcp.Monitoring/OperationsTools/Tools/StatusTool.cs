using System.Globalization;
using Mcp.Monitoring.OperationsTools.Answers;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.OperationsTools.Text;
using Mcp.Monitoring.StatusPage.Views;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary><c>get_status</c>.</summary>
internal static class StatusTool
{
    private const int MostAlerts = 20;

    private static readonly ToolDescription Description = new()
    {
        Name = ToolNames.Status,
        Title = "Status of this server",
        Description = "How this MCP server is now: level, calls of the last hour and day, open incidents, failing operations, dependencies. Begin here. Times are UTC, shares parts of 1.",
    };

    public static McpServerTool Create(ToolFactory factory) => factory.Create(
        Description, AnswersJson.Default.StatusAnswer, async (_, _, cancellationToken) => Of(await factory.Sources.StatusAsync(cancellationToken).ConfigureAwait(false)));

    /// <summary>Makes the answer.</summary>
    public static StatusAnswer Of(StatusView view)
    {
        string[] failing = [.. view.Operations.Where(operation => operation.IsFailing).Select(operation => $"{operation.Type}/{operation.Name}")];
        string[] unnamed = [.. failing.Select(Plain.NoName).OfType<string>()];
        return new StatusAnswer
        {
            At = view.At,
            Level = LevelOf(view.State.Level),
            Summary = SummaryOf(view, failing.Length),
            UptimeSeconds = Math.Floor((view.At - view.Service.StartedAt).TotalSeconds),
            LastHour = CallsAnswer.Of(view.LastHour),
            LastDay = CallsAnswer.Of(view.LastDay),
            Incidents = [.. view.Incidents.Where(IncidentTools.IsOpen).Select(IncidentAnswer.Of)],
            Alerts = [.. view.Alerts.Take(MostAlerts).Select(AlertAnswer.Of)],
            FailingOperations = [.. failing.Select(Plain.Name).OfType<string>()],
            Dependencies = [.. view.Dependencies.Select(DependencyOf)],
            BrokenChannels = [.. view.Channels.Where(channel => !channel.Works).Select(channel => Plain.Name(channel.Name)).OfType<string>()],
            Silences = view.Silences.Count,
            NotMonitored = view.Coverage.NotMonitored.Count,
            Version = Plain.Name(view.Service.Version),
            Environment = Plain.Name(view.Service.Environment),
            Instance = Plain.Name(view.Service.Instance),
            Untrusted = new StatusText
            {
                Service = view.Service.Name,
                Sentence = view.State.Sentence,
                FailingOperations = unnamed.Length == 0 ? null : unnamed,
                NotMonitored = view.Coverage.NotMonitored.Count == 0 ? null : view.Coverage.NotMonitored,
            },
        };
    }

    public static string LevelOf(StateLevel level) => level switch
    {
        StateLevel.Critical => "critical",
        StateLevel.Warning => "warning",
        _ => "healthy",
    };

    private static string SummaryOf(StatusView view, int failing) => string.Create(
        CultureInfo.InvariantCulture,
        $"{LevelOf(view.State.Level)}: {view.State.Open} open incidents, {failing} of {view.Operations.Count} operations fail now, {view.State.OpenBreakers} circuit breakers are not closed; "
        + $"{Values.Rounded(view.LastHour.Calls) ?? 0} calls in the last hour, {Values.Rounded(view.LastHour.ServerErrors) ?? 0} of them failed by the server.");

    private static DependencyAnswer DependencyOf(DependencyView view) => new()
    {
        Name = Plain.Name(view.Name),
        Up = view.IsUp,
        Breaker = Plain.Name(view.Breaker),
        Calls = Values.Rounded(view.Calls) ?? 0,
        Failed = Values.Rounded(view.Failed) ?? 0,
        Rejected = Values.Rounded(view.Rejected) ?? 0,
        P95Seconds = Values.Rounded(view.P95),
        Untrusted = new NameText(Plain.NoName(view.Name)),
    };
}
