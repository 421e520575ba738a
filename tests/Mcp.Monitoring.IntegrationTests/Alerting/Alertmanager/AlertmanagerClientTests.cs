using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>What the client does where a member behaves badly on the connection.</summary>
public sealed class AlertmanagerClientTests : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private readonly AlertmanagerClient _client = new(static () => new AlertmanagerOptions(), static () => false);

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Alerts_whose_answer_was_cut_are_sent_again_at_once_but_a_silence_is_not()
    {
        int asked = 0;
        using var server = new TinyServer(stream =>
        {
            TinyServer.ReadRequest(stream);
            if (Interlocked.Increment(ref asked) % 2 == 0)
            {
                stream.Write(Encoding.ASCII.GetBytes(Ok));
            }
        });

        HttpReply reply = _client.Post(AddressOf(server), [Posted()], TestContext.Current.CancellationToken);
        Assert.Equal(200, reply.Status);
        Assert.Equal(2, asked);

        // Twice would be two silences, of which one is not known here.
        Assert.Throws<SendFailedException>(() => _client.Post(AddressOf(server), Silence(), TestContext.Current.CancellationToken));
        Assert.Equal(3, asked);
    }

    [Fact]
    public void Member_that_answers_a_byte_a_second_is_left_when_it_is_time()
    {
        using var server = new TinyServer(stream =>
        {
            TinyServer.ReadRequest(stream);
            foreach (byte part in Encoding.ASCII.GetBytes(Ok))
            {
                stream.WriteByte(part);
                if (TestContext.Current.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(1)))
                {
                    return;
                }
            }
        });
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        long start = TimeProvider.System.GetTimestamp();

        Assert.ThrowsAny<Exception>(() => _client.Post(AddressOf(server), [Posted()], stop.Token));

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(20));
        Assert.Equal(1, server.Count);
    }

    private static Uri AddressOf(TinyServer server) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}"));

    private static PostedAlert Posted() => new(
        new AlertLabels([new("alertname", "Down")]), new Dictionary<string, string>(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMinutes(4));

    private static PostedSilence Silence() => new()
    {
        Matchers = [LabelMatcher.Parse("alertname=\"Down\"")],
        StartsAt = DateTimeOffset.UtcNow,
        EndsAt = DateTimeOffset.UtcNow.AddHours(1),
        CreatedBy = "anna",
        Comment = "silenced",
    };
}
