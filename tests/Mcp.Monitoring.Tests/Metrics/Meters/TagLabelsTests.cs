using System.Globalization;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Meters;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

public class TagLabelsTests
{
    public static TheoryData<object, string> Values() => new()
    {
        { "text", "text" },
        { true, "true" },
        { false, "false" },
        { 'c', "c" },
        { 5, "5" },
        { long.MaxValue, "9223372036854775807" },
        { 1.5, "1.5" },
        { 1.0, "1.0" },
        { 1f, "1.0" },
        { 1e300, "1e+300" },
        { 3.14m, "3.14" },
        { double.NaN, "NaN" },
        { double.PositiveInfinity, "+Inf" },
        { double.NegativeInfinity, "-Inf" },
        { DayOfWeek.Friday, "Friday" },
        { TimeSpan.FromSeconds(1), "00:00:01" },
        { DateTime.UnixEpoch, "01/01/1970 00:00:00" },
        { new Uri("http://x/"), "http://x/" },
    };

    // As OpenTelemetry.Exporter.Prometheus.HttpListener 1.20.1-beta.1 wrote them.
    [Theory]
    [MemberData(nameof(Values))]
    public void Value_is_written_the_same_everywhere(object value, string text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal([("k", text)], Labels(("k", value)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Empty_value_is_no_label(string? value)
    {
        Assert.Equal([("b", "1")], Labels(("a", value), ("b", 1)));
        Assert.Empty(TagLabels.Of([new("a", value)], MetricKind.Counter).Key);
    }

    [Theory]
    [InlineData("http.request.method", "http_request_method")]
    [InlineData("a..b", "a_b")]
    [InlineData("a__b", "a_b")]
    [InlineData("1st", "_1st")]
    [InlineData("", "_")]
    [InlineData(null, "_")]
    [InlineData("é", "_")]
    [InlineData("__name__", "_name_")]
    [InlineData("le", "le")]
    [InlineData("mcp_service", "exported_mcp_service")]
    [InlineData("mcp.service", "exported_mcp_service")]
    public void Key_is_one_that_Prometheus_reads_and_that_is_free(string? key, string label)
    {
        Assert.Equal(label, Assert.Single(TagLabels.Of([new(key!, 1)], MetricKind.Counter).Names));
    }

    [Fact]
    public void Le_of_a_histogram_is_renamed()
    {
        Assert.Equal("exported_le", Assert.Single(TagLabels.Of([new("le", 1)], MetricKind.Histogram).Names));
    }

    [Fact]
    public void Keys_that_become_one_label_share_it_in_their_own_order()
    {
        Assert.Equal([("a_b", "x;z;y")], Labels(("a_b", "y"), ("a-b", "x"), ("a.b", "z")));
    }

    [Fact]
    public void Order_of_the_tags_makes_no_other_labels()
    {
        Assert.Equal(Labels(("a", 1), ("b", 2), ("b", 3)), Labels(("b", 3), ("a", 1), ("b", 2)));
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(100_000, 200)]
    public void Long_value_is_cut(int length, int left)
    {
        Assert.Equal(left, Labels(("k", new string('x', length)))[0].Value.Length);
    }

    [Fact]
    public void Long_value_is_not_cut_within_a_character()
    {
        Assert.Equal(new string('x', 199), Labels(("k", new string('x', 199) + "😀"))[0].Value);
    }

    [Fact]
    public void Joined_values_are_cut_too()
    {
        Assert.Equal(200, Labels(("a.b", new string('x', 150)), ("a-b", new string('y', 150)))[0].Value.Length);
    }

    [Fact]
    public void Half_a_character_is_what_UTF8_makes_of_it()
    {
        Assert.Equal("a\uFFFD", Labels(("k", "a\uD800"))[0].Value);
    }

    [Fact]
    public void Labels_that_run_together_have_two_keys()
    {
        Assert.NotEqual(KeyOf(("a", "1\u001fb=1:2")), KeyOf(("a", "1"), ("b", "2")), StringComparer.Ordinal);
    }

    private static (string Label, string Value)[] Labels(params (string Key, object? Value)[] tags)
    {
        TagLabels labels = Of(tags);
        return [.. labels.Names.Select((name, i) => (name, labels.Values[i]))];
    }

    private static string KeyOf(params (string Key, object? Value)[] tags) => Of(tags).Key;

    private static TagLabels Of((string Key, object? Value)[] tags) =>
        TagLabels.Of(tags.Select(tag => new KeyValuePair<string, object?>(tag.Key, tag.Value)).ToArray(), MetricKind.Counter);
}
