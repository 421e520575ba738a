using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Tests.Architecture;

/// <summary>Time is that of the <see cref="TimeProvider"/> in the services: whatever else tells the time, a test cannot move. Each exception is named, with its reason.</summary>
public partial class ClockTests
{
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["Operations/MonitoringClock.cs"] = "the clock of the hot path, which asks the provider for any but the system's",
        ["Infrastructure/Timing/WakeableTimer.cs"] = "on the system's clock it waits without a timer",
        ["Alerting/State/UnsavedChanges.cs"] = "on the system's clock it waits without a timer",
        ["Alerting/Channels/Transport/Waited.cs"] = "how long a real network took, for the words of a failure and the limit of one address",
        ["McpMonitoringServiceCollectionExtensions.cs"] = "where the system's clock is put into the services",
        ["Hosting/ManagementListener.cs"] = "a limit of no time at all",
    };

    [Fact]
    public void Files_ask_no_other_clock_than_the_provider_of_the_services() => Assert.All(
        SourceTree.Library.Where(file => !Exceptions.ContainsKey(file.Path)),
        file => Assert.Empty(OtherClock().Matches(file.Code).Select(match => match.Value)));

    [Fact]
    public void Each_exception_is_still_one()
    {
        Assert.All(Exceptions.Keys, path => Assert.Matches(OtherClock(), SourceTree.Library.Single(file => file.Path == path).Code));
    }

    [Theory]
    [InlineData("DateTime.UtcNow")]
    [InlineData("DateTimeOffset.Now")]
    [InlineData("Stopwatch.GetTimestamp()")]
    [InlineData("Environment.TickCount64")]
    [InlineData("Thread.Sleep(1)")]
    [InlineData("Task.Delay(limit)")]
    [InlineData("Task.Delay(limit, cancellationToken)")]
    [InlineData("new Timer(callback)")]
    [InlineData("new PeriodicTimer(period)")]
    [InlineData("new CancellationTokenSource(limit)")]
    [InlineData("source.CancelAfter(limit)")]
    [InlineData("TimeProvider.System")]
    public void Other_clock_is_found(string code)
    {
        Assert.Matches(OtherClock(), $"var x = {code};");
    }

    [Theory]
    [InlineData("Task.Delay(limit, time)")]
    [InlineData("Task.Delay(limit, _time, over.Token)")]
    [InlineData("new PeriodicTimer(period, time)")]
    [InlineData("new CancellationTokenSource()")]
    [InlineData("new CancellationTokenSource(limit, time)")]
    public void Clock_of_the_services_is_none(string code)
    {
        Assert.DoesNotMatch(OtherClock(), $"var x = {code};");
    }

    // A provider is called time or clock here, whoever holds it.
    [GeneratedRegex(
        @"\bDateTime(?:Offset)?\.(?:Utc)?(?:Now|Today)\b|\bStopwatch\b|\bTickCount|\bThread\.Sleep\b|\bnew\s+Timer\(|\.CancelAfter\(|\bTimeProvider\.System\b"
            + @"|(?:\bTask\.Delay|\bnew\s+PeriodicTimer|\bnew\s+CancellationTokenSource)\((?!\))(?![^;]*?,\s*_?(?:time|clock)\b)",
        RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex OtherClock();
}
