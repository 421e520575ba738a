using System.Text;
using Mcp.Monitoring.Instrumentation.Dependencies.OneC;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.OneC;

/// <summary>What an HTTP service of an infobase says of its sessions.</summary>
public sealed class SessionsAnswerTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly SessionsAnswer _answer;

    public SessionsAnswerTests() => _answer = new SessionsAnswer(
        _host.Services.GetRequiredService<IMcpDependencies>().Integration("1c"), _host.Services.GetRequiredService<InternalErrors>());

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Sessions_are_counted_by_state_and_what_is_not_named_any_more_has_none()
    {
        await ReadAsync("""{"sessions":[{"state":"active","count":3},{"state":"sleeping","count":2},{"state":"active","count":1}]}""");
        Assert.Equal((4, 2), (Sessions("active"), Sessions("sleeping")));

        await ReadAsync("""{"sessions":[{"state":"active","count":5}],"more":"of it"}""");

        Assert.Equal((5, 0), (Sessions("active"), Sessions("sleeping")));
        Assert.Equal(0, _host.Sum("mcp_monitoring_errors_total"));
    }

    [Fact]
    public async Task Byte_order_mark_is_no_fault()
    {
        await ReadAsync("\uFEFF" + """{"sessions":[{"state":"active","count":3}]}""");

        Assert.Equal(3, Sessions("active"));
        Assert.Equal(0, _host.Sum("mcp_monitoring_errors_total"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>login</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"sessions":3}""")]
    [InlineData("""{"sessions":[3]}""")]
    [InlineData("""{"sessions":[{"state":3,"count":3}]}""")]
    [InlineData("""{"sessions":[{"state":"","count":3}]}""")]
    [InlineData("""{"sessions":[{"state":"active","count":"three"}]}""")]
    [InlineData("""{"sessions":[{"state":"active","count":1e400}]}""")]
    public async Task Answer_that_is_none_is_counted_and_changes_nothing(string body)
    {
        await ReadAsync("""{"sessions":[{"state":"active","count":3}]}""");

        await ReadAsync(body);

        Assert.Equal(3, Sessions("active"));
        Assert.Equal(1, _host.Sum("mcp_monitoring_errors_total"));
    }

    [Fact]
    public async Task Endless_answer_is_read_no_further_than_it_may_be()
    {
        await ReadAsync(new string(' ', 10_000_000));

        Assert.Equal(1, _host.Sum("mcp_monitoring_errors_total"));
    }

    private async Task ReadAsync(string body)
    {
        using var response = new HttpResponseMessage { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        await _answer.ReadAsync(response, TestContext.Current.CancellationToken);
    }

    private double Sessions(string state) => _host.Sample("mcp_integration_sessions", ("dependency", "1c"), ("state", state));
}
