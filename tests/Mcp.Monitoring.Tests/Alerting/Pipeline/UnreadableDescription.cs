using System.Collections;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

/// <summary>A description of which no message can be made until a time.</summary>
internal static class UnreadableDescription
{
    public static AlertDescription Until(AlertScenario scenario, TimeSpan time) => new("it cannot be read", new Facts(scenario, time));

    private sealed class Facts(AlertScenario scenario, TimeSpan until) : IReadOnlyList<string>
    {
        public int Count => 0;

        public string this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<string> GetEnumerator() => scenario.Clock.Now < until ? throw new InvalidOperationException("not now") : Enumerable.Empty<string>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
