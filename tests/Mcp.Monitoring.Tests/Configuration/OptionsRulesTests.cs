using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Tests.Configuration;

public class OptionsRulesTests
{
    [Fact]
    public void Defaults_have_no_fault()
    {
        Assert.Empty(Check(_ => { }));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(65535, true)]
    [InlineData(65536, false)]
    [InlineData(-1, false)]
    [InlineData(null, true)]
    public void Port_is_one_that_exists(int? port, bool valid)
    {
        Judge("Prometheus:Port", $"{port}", valid, options => options.Prometheus.Port = port);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData(null, true)]
    [InlineData("localhost", false)]
    [InlineData("127.0.0.1:9090", false)]
    [InlineData("256.0.0.1", false)]
    [InlineData("", false)]
    public void Bind_address_is_an_address(string? address, bool valid)
    {
        Judge("Prometheus:BindAddress", $"\"{address}\"", valid, options =>
        {
            options.Prometheus.Port = 9464;
            options.Prometheus.BindAddress = address;
        });
    }

    [Fact]
    public void Bind_address_without_a_port_is_a_fault()
    {
        Judge("Prometheus:BindAddress", "\"127.0.0.1\"", valid: false, options => options.Prometheus.BindAddress = "127.0.0.1");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    [InlineData(null, true)]
    public void Service_name_has_1_to_128_characters(int? length, bool valid)
    {
        string? name = length is { } count ? new string('x', count) : null;
        Judge("Prometheus:ServiceName", $"\"{name}\"", valid, options => options.Prometheus.ServiceName = name);
    }

    [Theory]
    [InlineData("mcp", true)]
    [InlineData("a", true)]
    [InlineData("Shop_1", true)]
    [InlineData("mcp_servers", true)]
    [InlineData("mcp_", true)]
    [InlineData("", false)]
    [InlineData("1mcp", false)]
    [InlineData("_mcp", false)]
    [InlineData("m-cp", false)]
    [InlineData("m.cp", false)]
    [InlineData("m:cp", false)]
    [InlineData("mcp ", false)]
    [InlineData("mcp\n", false)]
    [InlineData("мсп", false)]
    [InlineData("mcp_server", false)]
    [InlineData("mcp_client", false)]
    [InlineData("mcp_server_2", false)]
    [InlineData("mcp_client_", false)]
    public void Prefix_begins_names_that_are_ours_to_give(string prefix, bool valid)
    {
        Judge("Prometheus:MetricsPrefix", $"\"{prefix}\"", valid, options => options.Prometheus.MetricsPrefix = prefix);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Prefix_has_at_most_64_characters(int length, bool valid)
    {
        string prefix = new('p', length);
        Judge("Prometheus:MetricsPrefix", $"\"{prefix}\"", valid, options => options.Prometheus.MetricsPrefix = prefix);
    }

    [Fact]
    public void Prefix_that_is_null_is_a_fault()
    {
        Judge("Prometheus:MetricsPrefix", "not set", valid: false, options => options.Prometheus.MetricsPrefix = null!);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public void Series_cap_is_between_1_and_100000(int cap, bool valid)
    {
        Judge("Prometheus:SeriesCap", $"{cap}", valid, options => options.Prometheus.SeriesCap = cap);
    }

    [Theory]
    [InlineData(0.999, false)]
    [InlineData(1, true)]
    [InlineData(3_600_000, true)]
    [InlineData(3_600_001, false)]
    [InlineData(-200, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void Response_time_threshold_is_between_a_millisecond_and_an_hour(double milliseconds, bool valid)
    {
        Judge("Thresholds:ResponseTimeThresholdMs", Number(milliseconds), valid, options =>
        {
            options.Thresholds.ResponseTimeThresholdMs = milliseconds;
            options.Thresholds.ResponseTimeAlertMs = 3_600_000;
        }, among: !valid);
    }

    [Theory]
    [InlineData(0.999, false)]
    [InlineData(1, true)]
    [InlineData(3_600_000, true)]
    [InlineData(3_600_001, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void Response_time_alert_is_between_a_millisecond_and_an_hour(double milliseconds, bool valid)
    {
        Judge("Thresholds:ResponseTimeAlertMs", Number(milliseconds), valid, options =>
        {
            options.Thresholds.ResponseTimeThresholdMs = 1;
            options.Thresholds.ResponseTimeAlertMs = milliseconds;
        });
    }

    [Theory]
    [InlineData(299.9, false)]
    [InlineData(300, true)]
    public void Response_time_alert_is_not_below_the_threshold(double milliseconds, bool valid)
    {
        Judge("Thresholds:ResponseTimeAlertMs", Number(milliseconds), valid, options =>
        {
            options.Thresholds.ResponseTimeThresholdMs = 300;
            options.Thresholds.ResponseTimeAlertMs = milliseconds;
        });
    }

    [Theory]
    [InlineData("00:00:00.9999999", false)]
    [InlineData("00:00:01", true)]
    [InlineData("01:00:00", true)]
    [InlineData("01:00:00.0000001", false)]
    [InlineData("-00:00:30", false)]
    public void Abandoned_after_is_between_a_second_and_an_hour(string time, bool valid)
    {
        Judge("Thresholds:AbandonedAfter", time, valid, options => options.Thresholds.AbandonedAfter = TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Clients_are_at_most_100(int count, bool valid)
    {
        Judge("Clients:Names", $"\"{count} names\"", valid, options => options.Clients.Names = [.. Enumerable.Range(0, count).Select(i => $"client {i}")]);
    }

    [Fact]
    public void Clients_that_are_null_are_a_fault()
    {
        Judge("Clients:Names", "not set", valid: false, options => options.Clients.Names = null!);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Client_has_1_to_100_characters_and_is_named_by_its_place(int length, bool valid)
    {
        string name = new('x', length);
        Judge("Clients:Names:1", $"\"{name}\"", valid, options => options.Clients.Names = ["first", name]);
    }

    [Fact]
    public void Faults_of_all_sections_come_together()
    {
        string[] faults = Check(options =>
        {
            options.Prometheus.Port = 0;
            options.Prometheus.SeriesCap = 0;
            options.Thresholds.AbandonedAfter = TimeSpan.Zero;
            options.Clients.Names = [""];
        });

        Assert.Equal(
            ["McpMonitoring:Prometheus:Port is 0.", "McpMonitoring:Prometheus:SeriesCap is 0.", "McpMonitoring:Thresholds:AbandonedAfter is 00:00:00.", "McpMonitoring:Clients:Names:0 is \"\"."],
            faults.Select(fault => fault[..(fault.IndexOf(". ", StringComparison.Ordinal) + 1)]).ToArray());
    }

    private static string Number(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void Judge(string setting, string value, bool valid, Action<McpMonitoringOptions> configure, bool among = false)
    {
        string[] faults = Check(configure);
        if (valid)
        {
            Assert.Empty(faults);
            return;
        }

        // The value in hand by the path that a user types, then what to do.
        string fault = among ? faults[0] : Assert.Single(faults);
        Assert.StartsWith($"McpMonitoring:{setting} is {(value[0] == '"' ? $"\"{Printable.Cut(value[1..^1])}\"" : value)}. ", fault, StringComparison.Ordinal);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
    }

    private static string[] Check(Action<McpMonitoringOptions> configure)
    {
        var options = new McpMonitoringOptions();
        configure(options);
        return [.. new SettingsCheck(options, new SettingsLoader(options).Load()).Faults];
    }
}
