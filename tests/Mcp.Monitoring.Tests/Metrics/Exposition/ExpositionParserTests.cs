using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

/// <summary>The parser is the judge of the tests beside it, so it is tested on what it must not let pass.</summary>
public class ExpositionParserTests
{
    private const string Head = "# HELP a Help.\n# TYPE a gauge\n";
    private const string Histogram = "# HELP h Help.\n# TYPE h histogram\n";

    [Theory]
    [InlineData(Head + "a 1")]
    [InlineData(Head + "a  1\n")]
    [InlineData(Head + "a 1 \n")]
    [InlineData(Head + "a{} 1\n")]
    [InlineData(Head + "a{x=\"1\",} 1\n")]
    [InlineData(Head + "a{x=\"1\" ,y=\"2\"} 1\n")]
    [InlineData(Head + "a{x=\"1\",x=\"2\"} 1\n")]
    [InlineData(Head + "a{x=\"\\q\"} 1\n")]
    [InlineData(Head + "a{x=\"\"\"} 1\n")]
    [InlineData(Head + "a{1x=\"\"} 1\n")]
    [InlineData(Head + "a{x=\"1\"} 1\na{x=\"1\"} 2\n")]
    [InlineData(Head + "a 1,5\n")]
    [InlineData(Head + "a ∞\n")]
    [InlineData(Head + "a Infinity\n")]
    [InlineData(Head + "a nan\n")]
    [InlineData(Head + "a 1 # {trace_id=\"1\"} 1 1\n")]
    [InlineData(Head + "b 1\n")]
    [InlineData(Head + "a 1\n# UNIT a seconds\n")]
    [InlineData(Head + "a 1\n# EOF\n")]
    [InlineData(Head + "# TYPE a gauge\n")]
    [InlineData(Head + "a 1\n# HELP b Help.\n# TYPE b gauge\nb 1\n# HELP a Help.\n# TYPE a gauge\n")]
    [InlineData("a 1\n")]
    [InlineData("# HELP a Help.\na 1\n")]
    [InlineData("\n" + Head)]
    [InlineData(Histogram + "h_bucket{le=\"1\"} 1\nh_sum 1\nh_count 1\n")]
    [InlineData(Histogram + "h_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n")]
    [InlineData(Histogram + "h_bucket{le=\"2\"} 1\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n")]
    [InlineData(Histogram + "h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 2\n")]
    [InlineData(Histogram + "h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_count 1\n")]
    [InlineData(Histogram + "h_bucket{le=\"1.0\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n")]
    [InlineData(Histogram + "h_bucket{le=\"+Inf\"} 1.5\nh_sum 1\nh_count 1.5\n")]
    [InlineData(Histogram + "h_bucket{le=\"+Inf\"} 1\nh_sum NaN\nh_count 1\n")]
    [InlineData("# HELP c_total Help.\n# TYPE c_total counter\nc_total -1\n")]
    [InlineData("# HELP c_total Help.\n# TYPE c_total counter\nc_total NaN\n")]
    [InlineData("# HELP h_sum Help.\n# TYPE h_sum gauge\nh_sum 1\n" + Histogram + "h_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n")]
    public void Faulty_text_is_refused(string text)
    {
        Assert.ThrowsAny<Exception>(() => ExpositionParser.Parse(text, ExpositionFormat.Text));
    }

    [Theory]
    [InlineData(Head + "a 1\n")]
    [InlineData("# EOF\n" + Head + "a 1\n# EOF\n")]
    [InlineData("# HELP c_total Help.\n# TYPE c_total counter\nc_total 1\n# EOF\n")]
    [InlineData("# HELP c Help.\n# TYPE c counter\nc 1\n# EOF\n")]
    [InlineData(Head + "# UNIT a seconds\na 1\n# EOF\n")]
    [InlineData(Head + "a 1 # {trace_id=\"1\"} 1 1\n# EOF\n")]
    [InlineData(Histogram + "h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n# EOF\n")]
    [InlineData("# HELP c Say \"it\".\n# TYPE c counter\nc_total 1\n# EOF\n")]
    [InlineData("# HELP c Help.\n# TYPE c counter\nc_total NaN\n# EOF\n")]
    [InlineData("# HELP c Help.\n# TYPE c counter\nc_total -1\n# EOF\n")]
    [InlineData("# HELP c Help.\n# TYPE c counter\nc_total 1\n# HELP c_created Help.\n# TYPE c_created gauge\nc_created 1\n# EOF\n")]
    [InlineData(Histogram + "h_bucket{le=\"1.0\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_sum -1\nh_count 1\n# EOF\n")]
    [InlineData(Histogram + "h_bucket{le=\"-1.0\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n# EOF\n")]
    [InlineData(Histogram + "h_bucket{le=\"1.0\"} 1\nh_bucket{le=\"+Inf\"} 1\n# EOF\n")]
    public void Faulty_OpenMetrics_is_refused(string text)
    {
        Assert.ThrowsAny<Exception>(() => ExpositionParser.Parse(text, ExpositionFormat.OpenMetrics));
    }

    [Fact]
    public void Exemplar_of_129_characters_is_refused()
    {
        string text = $"# HELP c Help.\n# TYPE c counter\nc_total 1 # {{a=\"{new string('x', 128)}\"}} 1 1\n# EOF\n";

        Assert.Throws<FormatException>(() => ExpositionParser.Parse(text, ExpositionFormat.OpenMetrics));
    }

    [Fact]
    public void Right_text_is_read_whole()
    {
        ParsedFamily family = Assert.Single(ExpositionParser.Parse(
            "# HELP c Say \\\"it\\\".\n# TYPE c counter\nc_total{a=\"x\\\\\\\"\\n\",b=\"\"} 1.5e3 # {trace_id=\"f\"} 1 2.5\n# EOF\n", ExpositionFormat.OpenMetrics));

        Assert.Equal("Say \"it\".", family.Help);
        ParsedSample sample = Assert.Single(family.Samples);
        Assert.Equal([("a", "x\\\"\n"), ("b", "")], sample.Labels);
        Assert.Equal(1500, sample.Value);
        Assert.Equal(2.5, sample.Exemplar!.UnixSeconds);
    }
}
