using System.ComponentModel;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.OperationsTools.Text;
using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>What <c>explain_operation</c> answers.</summary>
internal sealed record OperationStory
{
    private const int StepsTogether = 10;

    private static readonly string ServerError = OperationOutcome.ServerError.Label();

    public required OperationAnswer Operation { get; init; }

    [Description("Errors of the last hour.")]
    public required IReadOnlyList<ErrorAnswer> Errors { get; init; }

    [Description("Where the time of the last hour is spent.")]
    public required IReadOnlyList<TimeAnswer> Dependencies { get; init; }

    [Description("The last hour, from the oldest on.")]
    public required IReadOnlyList<TrendAnswer> Trend { get; init; }

    [Description("Its last errors, the newest first.")]
    public required IReadOnlyList<FailureAnswer> Failures { get; init; }

    [Description("Numbers of the incidents that go on and concern it.")]
    public required IReadOnlyList<int> Incidents { get; init; }

    [Description("Where it says what to do.")]
    public string? Runbook { get; init; }

    public static OperationStory Of(OperationDetail view) => new()
    {
        Operation = OperationAnswer.Of(view.Operation),
        Errors = [.. view.Errors.Select(error => new ErrorAnswer(
            Plain.Name(error.ErrorType), Plain.Name(error.Outcome), Plain.Name(error.Dependency), Values.Rounded(error.Count) ?? 0, new DependencyText(Plain.NoName(error.Dependency))))],
        Dependencies = [.. view.Dependencies.Select(time => new TimeAnswer(
            Plain.Name(time.Dependency), Values.Rounded(time.Seconds) ?? 0, Values.Rounded(time.Share), new DependencyText(Plain.NoName(time.Dependency))))],
        Trend = TrendOf(view.Chart),
        Failures = [.. view.Failures.Select(FailureAnswer.Of)],
        Incidents = view.Incidents,
        Runbook = Plain.Link(view.Runbook),
    };

    private static TrendAnswer[] TrendOf(ChartView chart)
    {
        IReadOnlyList<double?> failed = chart.Outcomes.GetValueOrDefault(ServerError) ?? [];
        int steps = chart.Outcomes.Values.Select(line => line.Count).DefaultIfEmpty(0).Max();
        return
        [
            .. from start in Enumerable.Range(0, (steps + StepsTogether - 1) / StepsTogether).Select(part => part * StepsTogether)
               let until = Math.Min(start + StepsTogether, steps)
               select new TrendAnswer(
                   chart.End - TimeSpan.FromSeconds((double)chart.Step * (steps - start)),
                   Values.Rounded(chart.Outcomes.Values.Sum(line => Sum(line, start, until))) ?? 0,
                   Values.Rounded(Sum(failed, start, until)) ?? 0,
                   Values.Rounded(chart.P95.Take(until).Skip(start).Max())),
        ];
    }

    private static double Sum(IReadOnlyList<double?> line, int start, int until) => line.Take(until).Skip(start).Sum() ?? 0;
}

/// <summary>How often an error was.</summary>
internal sealed record ErrorAnswer(string? ErrorType, string? Outcome, string? Dependency, double Count, DependencyText? Untrusted);

/// <summary>How long a dependency took.</summary>
internal sealed record TimeAnswer(string? Dependency, double Seconds, [property: Description("Share of the time of all calls, 0 to 1.")] double? Share, DependencyText? Untrusted);

/// <summary>The name of a dependency that does not read as one.</summary>
internal sealed record DependencyText(string? Dependency);

/// <summary>Ten minutes of the last hour.</summary>
internal sealed record TrendAnswer(
    DateTimeOffset From,
    double Calls,
    double ServerErrors,
    [property: Description("The worst p95 of a minute, in seconds.")] double? WorstP95Seconds);
