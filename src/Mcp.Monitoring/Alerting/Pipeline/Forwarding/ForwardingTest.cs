using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Infrastructure.Timing;

namespace Mcp.Monitoring.Alerting.Pipeline.Forwarding;

/// <summary>
/// Sends every member an alert that ends by itself, so that somebody sees whether alerts arrive, and says what became of it. It runs on threads of its own and needs no host
/// that runs.
/// </summary>
internal sealed class ForwardingTest(AlertmanagerHost host, string service)
{
    public const string AlertName = "McpMonitoringTest";

    private const int MostNamed = 3;

    // Longer than most groups wait, or nobody would be told of it.
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(5);

    public Task<DeliveryResult> SendAsync(AlertTexts texts)
    {
        // Whoever waits goes on on a thread of the pool, not on this one.
        var answer = new TaskCompletionSource<DeliveryResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        PostedAlert alert = AlertOf(texts);
        if (!host.StartThread($"{AlertmanagerHost.Channel} test", () => answer.TrySetResult(Send(alert))))
        {
            answer.TrySetResult(DeliveryResult.Retry($"{AlertmanagerHost.Channel}: no thread could be started to send it."));
        }

        return answer.Task;
    }

    private PostedAlert AlertOf(AlertTexts texts)
    {
        DateTimeOffset now = host.Clock.UtcNow;
        var alert = new ActiveAlert(AlertName, new AlertLabels([new(AlertLabels.AlertName, AlertName)])) { Severity = AlertSeverity.Low };
        return new PostedAlert(
            PostedLabels.Of(alert, service, host.Options().InstanceName),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["summary"] = texts["test.heading"], ["description"] = texts.Say("test.body", service) },
            now,
            now + Duration);
    }

    private DeliveryResult Send(PostedAlert alert)
    {
        using var timer = new WakeableTimer(host.Clock.Time);
        AlertmanagerHost own = host with { Wake = timer.Wake };
        (string Name, AlertmanagerCall Call)[] calls =
        [
            .. host.Options().Urls.Select(url => new Uri(url))
                .Select(address => (AlertmanagerMember.NameOf(address), new AlertmanagerCall(own, stop => own.Client.Post(address, [alert], stop)))),
        ];
        foreach ((_, AlertmanagerCall call) in calls)
        {
            call.Begin();
        }

        // Each of them ends, or is given up.
        while (Array.FindAll(calls, static known => !known.Call.IsDone) is { Length: > 0 } running)
        {
            Array.ForEach(running, static known => known.Call.Look());
            timer.Wait(running.Min(static known => known.Call.Due) - host.Clock.Now);
        }

        return ResultOf([.. calls.Select(static known => (known.Name, ProblemOf(known.Call), known.Call.Reply is { Status: not 429 and < 500 }))]);
    }

    private static DeliveryResult ResultOf((string Name, string? Problem, bool IsFinal)[] members)
    {
        (string Name, string? Problem, bool IsFinal)[] without = Array.FindAll(members, static member => member.Problem is not null);
        if (without.Length == 0)
        {
            return DeliveryResult.Delivered();
        }

        string named = string.Join(' ', without.Take(MostNamed).Select(static member => $"{member.Name}: {member.Problem!.TrimEnd('.')}."));
        string rest = without.Length > MostNamed ? $" And {without.Length - MostNamed} more." : "";
        if (without.Length < members.Length)
        {
            return DeliveryResult.Delivered() with { Error = $"{AlertmanagerHost.Channel}: {without.Length} of {members.Length} members {(without.Length == 1 ? "has" : "have")} not taken it. {named}{rest}" };
        }

        string error = $"{AlertmanagerHost.Channel}: no member has taken it. {named}{rest}";
        return Array.TrueForAll(without, static member => member.IsFinal) ? DeliveryResult.Permanent(error) : DeliveryResult.Retry(error);
    }

    private static string? ProblemOf(AlertmanagerCall call) =>
        call.Reply is not { } reply ? call.Error : AlertmanagerAnswer.IsTaken(reply) ? null : AlertmanagerAnswer.Problem(reply);
}
