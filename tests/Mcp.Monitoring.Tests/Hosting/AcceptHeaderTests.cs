using Mcp.Monitoring.Hosting;
using Mcp.Monitoring.Metrics.Exposition;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.Hosting;

public class AcceptHeaderTests
{
    private const string Prometheus2 = "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
    private const string Prometheus3 =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";
    private const string PrometheusWithProtobuf =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    private const string Delimited = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

    // As 2.42 says it with --enable-feature=native-histograms.
    private const string Prometheus2WithNativeHistograms = Delimited + ",application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    [Theory]
    [InlineData(Prometheus2, true)]
    [InlineData(Prometheus3, true)]
    [InlineData(PrometheusWithProtobuf, true)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("APPLICATION/OpenMetrics-Text; VERSION=1.0.0", true)]
    [InlineData("application/openmetrics-text; version=\"1.0.0\"", true)]
    [InlineData("application/openmetrics-text; charset=utf-8", true)]
    [InlineData("application/openmetrics-text;q=0.001", true)]
    [InlineData("application/openmetrics-text;version=2.0.0, application/openmetrics-text;version=1.0.0;q=0.1", true)]
    [InlineData("text/plain;q=0.4, application/openmetrics-text;q=0.5", true)]
    [InlineData("application/openmetrics-text, text/plain", true)]
    [InlineData("application/openmetrics-text, */*", true)]
    [InlineData("text/plain, application/openmetrics-text", false)]
    [InlineData("text/plain;q=0.5, application/openmetrics-text;q=0.5", false)]
    [InlineData("text/plain;q=0.6, application/openmetrics-text;q=0.5", false)]
    [InlineData("application/openmetrics-text;q=0", false)]
    [InlineData("application/openmetrics-text;q=0, */*", false)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.0, text/plain;q=0.1", false)]
    [InlineData("application/openmetrics-text;version=9.9", false)]
    [InlineData("application/openmetrics-text;version=", false)]
    [InlineData("text/plain;version=0.0.4", false)]
    [InlineData("text/*", false)]
    [InlineData("*/*", false)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false)]
    [InlineData("application/json", false)]
    [InlineData("application/openmetrics-textual", false)]
    [InlineData("", false)]
    [InlineData(",,,;;;", false)]
    [InlineData("application", false)]
    [InlineData("\u0001\u0002", false)]
    public void Format_is_the_one_wanted_most(string accept, bool openMetrics)
    {
        Assert.Equal(openMetrics ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text, AcceptHeader.Format(With("Accept", accept), mayBeProtobuf: false));
    }

    [Theory]
    [InlineData(Prometheus2WithNativeHistograms, (int)ExpositionFormat.Protobuf)]
    [InlineData(PrometheusWithProtobuf, (int)ExpositionFormat.Protobuf)]
    [InlineData(Prometheus2, (int)ExpositionFormat.OpenMetrics)]
    [InlineData(Prometheus3, (int)ExpositionFormat.OpenMetrics)]
    [InlineData(Delimited, (int)ExpositionFormat.Protobuf)]
    [InlineData("APPLICATION/Vnd.Google.Protobuf; Encoding=delimited; Proto=io.prometheus.client.MetricFamily", (int)ExpositionFormat.Protobuf)]
    [InlineData("application/vnd.google.protobuf; proto=\"io.prometheus.client.MetricFamily\"; encoding=\"delimited\"", (int)ExpositionFormat.Protobuf)]
    [InlineData(Delimited + ";escaping=allow-utf-8", (int)ExpositionFormat.Protobuf)]
    [InlineData(Delimited + ", text/plain", (int)ExpositionFormat.Protobuf)]
    [InlineData("text/plain, " + Delimited, (int)ExpositionFormat.Text)]
    [InlineData(Delimited + ", application/openmetrics-text", (int)ExpositionFormat.Protobuf)]
    [InlineData("application/openmetrics-text, " + Delimited, (int)ExpositionFormat.OpenMetrics)]
    [InlineData("application/openmetrics-text;q=0.5, " + Delimited + ";q=0.6", (int)ExpositionFormat.Protobuf)]
    [InlineData("application/openmetrics-text;q=0.6, " + Delimited + ";q=0.5", (int)ExpositionFormat.OpenMetrics)]
    [InlineData("text/plain;q=0.6, " + Delimited + ";q=0.5", (int)ExpositionFormat.Text)]
    [InlineData(Delimited + ";q=0, */*;q=0.1", (int)ExpositionFormat.Text)]
    [InlineData(Delimited + ";q=0", (int)ExpositionFormat.Text)]
    [InlineData("application/vnd.google.protobuf", (int)ExpositionFormat.Text)]
    [InlineData("application/vnd.google.protobuf;encoding=delimited", (int)ExpositionFormat.Text)]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily", (int)ExpositionFormat.Text)]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text", (int)ExpositionFormat.Text)]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=compact-text, application/openmetrics-text;q=0.1", (int)ExpositionFormat.OpenMetrics)]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.Metric;encoding=delimited", (int)ExpositionFormat.Text)]
    [InlineData("application/*", (int)ExpositionFormat.Text)]
    [InlineData("*/*", (int)ExpositionFormat.Text)]
    [InlineData("", (int)ExpositionFormat.Text)]
    public void Messages_are_sent_to_whoever_wants_them_most_where_they_may_be(string accept, int format)
    {
        Assert.Equal((ExpositionFormat)format, AcceptHeader.Format(With("Accept", accept), mayBeProtobuf: true));
    }

    [Theory]
    [InlineData(Prometheus2WithNativeHistograms, (int)ExpositionFormat.OpenMetrics)]
    [InlineData(PrometheusWithProtobuf, (int)ExpositionFormat.OpenMetrics)]
    [InlineData(Delimited, (int)ExpositionFormat.Text)]
    [InlineData(Delimited + ";q=0.9, text/plain;q=0.1, application/openmetrics-text;q=0.2", (int)ExpositionFormat.OpenMetrics)]
    public void Messages_are_sent_to_nobody_where_they_are_off(string accept, int format)
    {
        Assert.Equal((ExpositionFormat)format, AcceptHeader.Format(With("Accept", accept), mayBeProtobuf: false));
    }

    [Fact]
    public void Every_format_has_a_type_that_chooses_it()
    {
        Assert.All(Enum.GetValues<ExpositionFormat>(), format => Assert.Equal(format, AcceptHeader.Format(With("Accept", AcceptHeader.TypeOf(format)), mayBeProtobuf: true)));
    }

    [Fact]
    public void Format_is_text_for_whoever_says_nothing()
    {
        Assert.Equal(ExpositionFormat.Text, AcceptHeader.Format(new DefaultHttpContext().Request, mayBeProtobuf: true));
    }

    [Fact]
    public void Several_header_lines_are_one_list()
    {
        Assert.Equal(ExpositionFormat.OpenMetrics, AcceptHeader.Format(With("Accept", "text/plain;q=0.2", "application/openmetrics-text;q=0.3"), mayBeProtobuf: true));
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("GZIP", true)]
    [InlineData("gzip, deflate, br", true)]
    [InlineData("deflate, gzip;q=0.5", true)]
    [InlineData("gzip;q=0.001", true)]
    [InlineData("*", true)]
    [InlineData("*;q=0.1", true)]
    [InlineData("identity;q=0.5, *;q=0.1", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("gzip;q=0.000", false)]
    [InlineData("gzip;q=0, *", false)]
    [InlineData("*;q=0", false)]
    [InlineData("deflate, br", false)]
    [InlineData("identity", false)]
    [InlineData("", false)]
    [InlineData(";;;", false)]
    public void Gzip_is_sent_to_whoever_takes_it(string encodings, bool gzip)
    {
        Assert.Equal(gzip, AcceptHeader.AcceptsGzip(With("Accept-Encoding", encodings)));
    }

    [Fact]
    public void Gzip_is_not_sent_to_whoever_says_nothing()
    {
        Assert.False(AcceptHeader.AcceptsGzip(new DefaultHttpContext().Request));
    }

    private static HttpRequest With(string header, params string[] values)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Headers[header] = values;
        return request;
    }
}
