namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Why an alert has other minutes in Prometheus than in the process.</summary>
/// <param name="Why">Why.</param>
/// <param name="Is">Finds out whether two pairs of a first and a last minute, the one in the process before the one in Prometheus, differ in that way.</param>
internal sealed record Difference(string Why, Func<(int First, int Last), (int First, int Last), bool> Is)
{
    public static Difference Kept { get; } = new(
        "Nothing is called any longer, or its gauge is gone: the process keeps what it knew, Prometheus ends with the window.",
        static (process, prometheus) => prometheus.First == process.First && prometheus.Last < process.Last);

    public static Difference Stopped { get; } = new(
        "The process sees that the failures have stopped, whatever the window still holds.",
        static (process, prometheus) => prometheus != process && prometheus.First <= process.First && prometheus.Last >= process.Last);

    public static Difference WindowStart { get; } = new(
        "A window includes its start in Prometheus 2, and not in the process: a value that rises slowly is above its limit up to 4 minutes earlier.",
        static (process, prometheus) => prometheus != process && process.First - prometheus.First is >= 0 and <= 4 && prometheus.Last - process.Last is 0 or 1);

    public static Difference FewCalls { get; } = new(
        "Once it fires and calls are below its minimum, the process goes on for an hour, Prometheus for as long as there are any.",
        static (process, prometheus) => prometheus.First == process.First && prometheus.Last > process.Last);

    public static Difference ExportedOnly { get; } = new(
        "Only Prometheus evaluates it: an hour after the end it no longer knows that there was anything. A gauge counts for two minutes after its last sample.",
        static (process, prometheus) => prometheus.First - process.First is >= 0 and <= 2 && prometheus.Last < process.Last);
}
