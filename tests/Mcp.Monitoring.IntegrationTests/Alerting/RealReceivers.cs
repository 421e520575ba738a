using System.Globalization;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;
using Mcp.Monitoring.KilledProcess;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>A killed server that tells Slack, of which there is a stand-in, and a mailbox at a real mail server.</summary>
internal sealed class RealReceivers : IAsyncDisposable
{
    private readonly EximServer _exim;
    private readonly SlackStandIn _slack;
    private readonly WatchedMailbox _mailbox;

    private RealReceivers(EximServer exim)
    {
        _exim = exim;
        Server = new KilledServer(RealChannel.Slack, RealChannel.Email) { ChannelArguments = Arguments, TrustFile = exim.Certificate.Certificate };
        _slack = new SlackStandIn(new ToldFile(Server, RealChannel.Slack));
        _mailbox = new WatchedMailbox(exim, new ToldFile(Server, RealChannel.Email));
    }

    public KilledServer Server { get; }

    public static async Task<RealReceivers> StartAsync() => new(await EximServer.StartAsync());

    /// <summary>Gets what each receiver has got.</summary>
    public IReadOnlyDictionary<string, ChannelLedger> Told() => new Dictionary<string, ChannelLedger>(StringComparer.Ordinal)
    {
        [RealChannel.Slack] = new(Server.Received(RealChannel.Slack)),
        [RealChannel.Email] = new(_mailbox.Received()),
    };

    public async ValueTask DisposeAsync()
    {
        _mailbox.Dispose();
        _slack.Dispose();
        Server.Dispose();
        await _exim.DisposeAsync();
    }

    // The address of Slack's API and the name of the sender tell the lives of the process apart.
    private IEnumerable<string> Arguments(int life) =>
    [
        $"{RealChannel.Slack}={_slack.Address(life)}",
        string.Create(CultureInfo.InvariantCulture, $"{RealChannel.Email}={life},{_exim.Port},{EximServer.User},{EximServer.Password}"),
    ];
}
