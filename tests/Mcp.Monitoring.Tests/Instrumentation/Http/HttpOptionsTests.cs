using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

public class HttpOptionsTests
{
    [Theory]
    [InlineData("X-Correlation-ID", true)]
    [InlineData("a", true)]
    [InlineData("!#$%&'*+-.^_`|~9", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("X Correlation", false)]
    [InlineData("X-Correlation:", false)]
    [InlineData("X\r\nY", false)]
    [InlineData("X-Ид", false)]
    [InlineData("Content-Length", false)]
    [InlineData("content-length", false)]
    [InlineData("Transfer-Encoding", false)]
    [InlineData("Host", false)]
    [InlineData("Authorization", false)]
    [InlineData("Cookie", false)]
    [InlineData("Set-Cookie", false)]
    [InlineData("traceparent", false)]
    [InlineData("Mcp-Session-Id", false)]
    public void Header_is_a_token_without_a_meaning_of_its_own(string? header, bool isValid) => Judge(header!, isValid);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Header_has_at_most_64_characters(int length, bool isValid) => Judge(new string('x', length), isValid);

    private static void Judge(string header, bool isValid)
    {
        var options = new McpMonitoringOptions();
        options.Http.CorrelationHeader = header;

        Fault[] faults = [.. SettingsTree.Check(options)];

        Assert.Equal(isValid ? [] : ["Http:CorrelationHeader"], faults.Select(fault => fault.Path), StringComparer.Ordinal);
    }
}
