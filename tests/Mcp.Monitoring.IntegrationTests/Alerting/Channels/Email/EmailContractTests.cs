using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.KilledProcess;
using Mcp.Monitoring.Tests.Alerting.Channels;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;

/// <summary>E-mail is a channel like the others. How a server hangs or cuts is in <see cref="CutConversationTests"/>.</summary>
public sealed class EmailContractTests : ChannelContractTests, IAsyncLifetime
{
    private SmtpSink _sink = null!;
    private EmailChannel? _channel;

    protected override string Secret => "s3cr3t-p4ssword";

    public async ValueTask InitializeAsync() => _sink = await SmtpSink.StartAsync(new { auth = $"bot:{Secret}" });

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await _sink.DisposeAsync();
    }

    protected override IAlertChannel? Begin(ReceiverBehaviour behaviour)
    {
        switch (behaviour)
        {
            case ReceiverBehaviour.Takes:
                break;
            case ReceiverBehaviour.IsUnavailable:
                _sink.ScriptAsync(new { mail = "451 4.3.0 busy" }).GetAwaiter().GetResult();
                break;
            case ReceiverBehaviour.Forbids:
                _sink.ScriptAsync(new { auth = $"535 5.7.8 {Secret} is wrong" }).GetAwaiter().GetResult();
                break;
            default:
                return null;
        }

        return _channel = Mails.Channel(new MailSettings(_sink.Port) { Server = "127.0.0.1", Security = EmailSecurity.None, User = "bot", Password = Secret });
    }

    protected override string Received()
    {
        SunkMail mail = _sink.MailAsync().GetAwaiter().GetResult();
        return mail.Message.TextBody + mail.Message.HtmlBody;
    }
}
