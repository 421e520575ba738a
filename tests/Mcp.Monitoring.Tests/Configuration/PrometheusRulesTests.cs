namespace Mcp.Monitoring.Tests.Configuration;

public class PrometheusRulesTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(65535, true)]
    [InlineData(65536, false)]
    [InlineData(-1, false)]
    [InlineData(null, true)]
    public void Port_is_one_that_exists(int? port, bool valid)
    {
        OptionsRules.Judge("Prometheus:Port", $"{port}", valid, options => options.Prometheus.Port = port);
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
        OptionsRules.Judge("Prometheus:BindAddress", $"\"{address}\"", valid, options =>
        {
            options.Prometheus.Port = 9464;
            options.Prometheus.BindAddress = address;
        });
    }

    [Fact]
    public void Bind_address_without_a_port_is_a_fault()
    {
        OptionsRules.Judge("Prometheus:BindAddress", "\"127.0.0.1\"", valid: false, options => options.Prometheus.BindAddress = "127.0.0.1");
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
        OptionsRules.Judge("Prometheus:ServiceName", $"\"{name}\"", valid, options => options.Prometheus.ServiceName = name);
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
        OptionsRules.Judge("Prometheus:MetricsPrefix", $"\"{prefix}\"", valid, options => options.Prometheus.MetricsPrefix = prefix);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Prefix_has_at_most_64_characters(int length, bool valid)
    {
        string prefix = new('p', length);
        OptionsRules.Judge("Prometheus:MetricsPrefix", $"\"{prefix}\"", valid, options => options.Prometheus.MetricsPrefix = prefix);
    }

    [Fact]
    public void Prefix_that_is_null_is_a_fault()
    {
        OptionsRules.Judge("Prometheus:MetricsPrefix", "not set", valid: false, options => options.Prometheus.MetricsPrefix = null!);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public void Series_cap_is_between_1_and_100000(int cap, bool valid)
    {
        OptionsRules.Judge("Prometheus:SeriesCap", $"{cap}", valid, options => options.Prometheus.SeriesCap = cap);
    }

    [Theory]
    [InlineData("Shop", true)]
    [InlineData("Shop.*", true)]
    [InlineData("*", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("*Shop", false)]
    [InlineData("Sh*op", false)]
    [InlineData("Shop**", false)]
    [InlineData("Mcp.Monitoring", false)]
    [InlineData("mcp.monitoring", false)]
    [InlineData("Experimental.ModelContextProtocol", false)]
    public void Meter_is_a_name_that_may_end_in_a_star_and_is_not_measured_already(string? name, bool valid)
    {
        OptionsRules.Judge("Prometheus:Meters:1", name is null ? "not set" : $"\"{name}\"", valid, options => options.Prometheus.Meters = ["Other", name!]);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void Name_of_a_meter_has_1_to_255_characters(int length, bool valid)
    {
        OptionsRules.Judge("Prometheus:Meters:0", $"\"{new string('x', length)}\"", valid, options => options.Prometheus.Meters = [new string('x', length)]);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void There_are_at_most_100_names_of_meters(int count, bool valid)
    {
        OptionsRules.Judge("Prometheus:Meters", $"\"{count} names\"", valid, options => options.Prometheus.Meters = [.. Enumerable.Range(0, count).Select(i => $"Shop.{i}")]);
    }

    [Fact]
    public void Meters_that_are_null_are_a_fault()
    {
        OptionsRules.Judge("Prometheus:Meters", "not set", valid: false, options => options.Prometheus.Meters = null!);
    }
}
