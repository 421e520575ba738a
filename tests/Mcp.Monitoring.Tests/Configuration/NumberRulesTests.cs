using System.Globalization;
using Mcp.Monitoring.Configuration;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>Every setting that is a number or a time, at both its edges and one step outside them.</summary>
public class NumberRulesTests
{
    private static readonly Dictionary<string, Edges> Known = new(StringComparer.Ordinal)
    {
        ["Prometheus:Port"] = Whole(1, 65_535),
        ["Prometheus:SeriesCap"] = Whole(1, 100_000),
        ["Sentry:SampleRate"] = Fraction(0, 1),
        ["Sentry:TracesSampleRate"] = Fraction(0, 1),
        ["Sentry:MaxBreadcrumbs"] = Whole(0, 100),
        ["Sentry:EventsPerMinute"] = Whole(1, 10_000),
        ["Otel:TracesSampleRate"] = Fraction(0, 1),
        ["Otel:KeptFailuresPerMinute"] = Whole(0, 10_000),
        ["Otel:OtlpTimeoutMs"] = Whole(100, 60_000),
        ["Otel:QueueSize"] = Whole(16, 65_536),
        ["Otel:SendIntervalMs"] = Whole(10, 60_000),
        ["Alerts:RetentionDays"] = Whole(1, 3_650),
        ["Alerts:Evaluation:Interval"] = Time(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
        ["Alerts:Evaluation:SampleInterval"] = Time(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
        ["Alerts:Evaluation:WarmUp"] = Time(TimeSpan.Zero, TimeSpan.FromHours(1)),
        ["Alerts:Grouping:Wait"] = Time(TimeSpan.Zero, TimeSpan.FromHours(1)),
        ["Alerts:Grouping:CriticalWait"] = Time(TimeSpan.Zero, TimeSpan.FromHours(1)),
        ["Alerts:Grouping:Interval"] = Time(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
        ["Alerts:Grouping:RepeatInterval"] = Time(TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)),
        ["Alerts:Incidents:ResolveAfter"] = Time(TimeSpan.Zero, TimeSpan.FromDays(1)),
        ["Alerts:Incidents:ReopenWithin"] = Time(TimeSpan.Zero, TimeSpan.FromDays(1)),
        ["Alerts:Incidents:AcknowledgeTimeout"] = Time(TimeSpan.Zero, TimeSpan.FromDays(1)),
        ["Alerts:Incidents:ManualResolveHold"] = Time(TimeSpan.Zero, TimeSpan.FromDays(1)),
        ["Alerts:Flapping:Cycles"] = Whole(2, 100),
        ["Alerts:Flapping:Window"] = Time(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)),
        ["Alerts:Flapping:Quiet"] = Time(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)),
        ["Alerts:Storm:GroupsPerMinute"] = Whole(1, 1_000),
        ["Alerts:Storm:MessagesPerHour"] = Whole(1, 10_000),
        ["Alerts:Storm:MaxAlerts"] = Whole(100, 100_000),
        ["Alerts:Storm:QueueLength"] = Whole(100, 1_000_000),
        ["Alerts:Alertmanager:Timeout"] = Time(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
        ["Alerts:Alertmanager:FallbackAfter"] = Time(TimeSpan.FromSeconds(10), TimeSpan.FromDays(1)),
        ["Alerts:Channels:Email:SmtpPort"] = Whole(1, 65_535),
        ["Alerts:Channels:Telegram:TopicId"] = Whole(1, 2_000_000_000),
        ["Artifacts:ScrapeInterval"] = Time(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
        ["Thresholds:ErrorRateThreshold"] = Fraction(0.0001, 1),
        ["Thresholds:ResponseTimeThresholdMs"] = Fraction(1, 3_600_000),
        ["Thresholds:ResponseTimeAlertMs"] = Fraction(1, 3_600_000),
        ["Thresholds:AbandonedAfter"] = Time(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        ["Thresholds:IntegrationErrorsPerSecond"] = Fraction(0.0001, 1_000_000),
        ["Thresholds:AuthErrorsPerSecond"] = Fraction(0.0001, 1_000_000),
        ["Thresholds:TransportErrorsPerSecond"] = Fraction(0.0001, 1_000_000),
        ["Thresholds:ActiveRequests"] = Whole(1, 1_000_000),
        ["Thresholds:CircuitBreakerFailureThreshold"] = Whole(1, 1_000),
        ["Thresholds:CircuitBreakerTimeoutSeconds"] = Fraction(1, 86_400),
        ["Thresholds:CircuitBreakerSuccessThreshold"] = Whole(1, 1_000),
    };

    public static TheoryData<string> Paths => [.. Known.Keys];

    [Fact]
    public void Every_number_and_time_has_its_edges_here()
    {
        var options = new McpMonitoringOptions();

        Assert.Equal(
            SettingsTree.Settings(options).Where(found => found.Setting.Parse("7") is int or double || found.Setting.Parse("7s") is TimeSpan).Select(found => found.Path).Order(StringComparer.Ordinal),
            Known.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Edges_are_in_the_range(string path)
    {
        foreach (object edge in Known[path].Inside)
        {
            Assert.DoesNotContain(FaultsWith(path, edge), fault => fault.StartsWith($"McpMonitoring:{path} ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void One_step_beyond_an_edge_is_a_fault_that_names_the_value(string path)
    {
        foreach (object beyond in Known[path].Outside)
        {
            string fault = Assert.Single(FaultsWith(path, beyond), fault => fault.StartsWith($"McpMonitoring:{path} ", StringComparison.Ordinal));
            Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"McpMonitoring:{path} is {beyond}. Set it between "), fault, StringComparison.Ordinal);
        }
    }

    private static string[] FaultsWith(string path, object value) => OptionsRules.Check(options =>
    {
        // A channel that is off is not checked.
        options.Alerts.Channels.Email.Enabled = options.Alerts.Channels.Telegram.Enabled = true;
        options.Thresholds.ResponseTimeThresholdMs = 1;
        options.Alerts.Evaluation.SampleInterval = TimeSpan.FromSeconds(1);
        options.Alerts.Grouping.Wait = TimeSpan.Zero;
        options.Alerts.Grouping.Interval = TimeSpan.FromSeconds(1);
        SettingsTree.Settings(options).Single(found => found.Path == path).Setting.Value = value;
    });

    private static Edges Whole(int least, int most) => new([least, most], [least - 1, most + 1, int.MinValue, int.MaxValue]);

    private static Edges Fraction(double least, double most) => new(
        [least, most],
        [double.BitDecrement(least), double.BitIncrement(most), double.NaN, double.PositiveInfinity, double.NegativeInfinity]);

    private static Edges Time(TimeSpan least, TimeSpan most) => new(
        [least, most],
        [least - TimeSpan.FromTicks(1), most + TimeSpan.FromTicks(1), -TimeSpan.FromSeconds(1), TimeSpan.MinValue, TimeSpan.MaxValue]);

    private sealed record Edges(object[] Inside, object[] Outside);
}
