using System.ComponentModel;
using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>Calls of a window.</summary>
internal sealed record CallsAnswer
{
    [Description("All calls that ended.")]
    public required double Calls { get; init; }

    public required double Success { get; init; }

    [Description("Calls that the server failed: what alerts and objectives are about.")]
    public required double ServerErrors { get; init; }

    [Description("Calls that a tool answered with isError.")]
    public required double ToolErrors { get; init; }

    [Description("Calls that were wrong themselves.")]
    public required double ClientErrors { get; init; }

    public required double Cancelled { get; init; }

    [Description("Share of server_errors in calls, 0 to 1.")]
    public double? FailedShare { get; init; }

    [Description("95 % of the calls that succeeded took no longer, in seconds.")]
    public double? P95Seconds { get; init; }

    public double? P99Seconds { get; init; }

    public static CallsAnswer Of(CallsView view) => new()
    {
        Calls = Values.Rounded(view.Calls) ?? 0,
        Success = Values.Rounded(view.Success) ?? 0,
        ServerErrors = Values.Rounded(view.ServerErrors) ?? 0,
        ToolErrors = Values.Rounded(view.ToolErrors) ?? 0,
        ClientErrors = Values.Rounded(view.ClientErrors) ?? 0,
        Cancelled = Values.Rounded(view.Cancelled) ?? 0,
        FailedShare = Values.Rounded(view.FailedShare),
        P95Seconds = Values.Rounded(view.P95),
        P99Seconds = Values.Rounded(view.P99),
    };
}
