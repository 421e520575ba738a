using System.Globalization;
using System.Net.Security;
using System.Text;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Tracing;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

/// <summary>A process whose thread pool has no thread left tells all the same, beside a connection that stays unanswered.</summary>
[CollectionDefinition(nameof(StarvedWebhookTests), DisableParallelization = true)]
[Collection(nameof(StarvedWebhookTests))]
public sealed class StarvedWebhookTests
{
    private const int MostMilliseconds = 15_000;
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Mcp.Monitoring.KilledProcess.dll");

    [Theory]
    [InlineData("http", true, 20)]
    [InlineData("https", true, 20)]
    // In the first second nobody knows that the pool is starved.
    [InlineData("http", false, 5)]
    [InlineData("https", false, 5)]
    public async Task Each_message_arrives_within_15_s(string scheme, bool isKnown, int count)
    {
        using var own = new SelfSigned();
        using var unanswered = new UnansweredPort();
        int taken = 0;
        using var server = new TinyServer(stream =>
        {
            using Stream secured = scheme == "https" ? Tls(stream, own) : stream;
            TinyServer.ReadRequest(secured);
            Interlocked.Increment(ref taken);
            secured.Write(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        });
        await using ChildProcess process = ChildProcess.Start(
            Programs.Dotnet,
            [Program, "webhook", isKnown.ToString(), count.ToString(CultureInfo.InvariantCulture), $"{scheme}://127.0.0.1:{server.Port}/hook", $"http://127.0.0.1:{unanswered.Port}/hook"],
            ("SSL_CERT_FILE", own.TrustFile));

        var results = new List<string>();
        while (await process.ReadLineAsync() is { } line && !line.StartsWith("pending ", StringComparison.Ordinal))
        {
            results.Add(line);
            Assert.True(results.Count <= count + 1);
        }

        string[][] told = [.. results.Select(static line => line.Split(' ', 4)).Where(static line => line[0] == "pager")];
        Assert.Equal(count, told.Length);
        Assert.All(told, line => Assert.Equal("Delivered", line[1]));
        Assert.All(told, line => Assert.InRange(int.Parse(line[2], CultureInfo.InvariantCulture), 0, MostMilliseconds));
        Assert.Equal(count, taken);
    }

    private static SslStream Tls(Stream stream, SelfSigned own)
    {
        var secured = new SslStream(stream);
        secured.AuthenticateAsServer(own.Certificate);
        return secured;
    }
}
