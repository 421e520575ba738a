using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>Tells alerts by e-mail.</summary>
internal sealed class EmailChannel(ChannelHost host) : IConfiguredChannel, IDisposable
{
    private readonly ILogger _logger = host.Logging.CreateLogger("Mcp.Monitoring.Alerting");
    private readonly KeptConnection _kept = new(host.Time);

    // Who did not get the last message, with the code of the answer; a reload of other addresses leaves a few behind.
    private readonly ConcurrentDictionary<string, int> _untold = new(StringComparer.OrdinalIgnoreCase);

    public string Name => "email";

    public bool IsOn => host.Options().Email.IsOn;

    public AlertSeverity MinimumSeverity => AlertSeverity.Critical;

    // Servers greet late on purpose, and read a message for a while before they take it.
    public TimeSpan SendLimit => TimeSpan.FromSeconds(60);

    public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken)
    {
        EmailChannelOptions options = host.Options().Email;
        if (!options.IsOn)
        {
            return DeliveryResult.Permanent("email: it is switched off.");
        }

        var progress = RecipientProgress.Of(notification);
        MailboxAddress[] everybody = [.. options.ToEmails.Select(static address => new MailboxAddress(name: null, address))];
        MailboxAddress[] left = [.. everybody.Where(receiver => progress.NeedsAttempt(receiver.Address))];
        var sender = new MailboxAddress(options.FromName, options.FromEmail!);
        MimeMessage message = EmailEncoder.Encode(notification, host.Texts(), sender, everybody, TimeZoneInfo.ConvertTime(host.Time.GetUtcNow(), host.TimeZone()));
        if (left.Length == 0)
        {
            // Those who were to be told later are not among the addresses any more.
            return DeliveryResult.Delivered(ReferenceOf(notification, message));
        }

        try
        {
            IReadOnlyList<RecipientReply> replies = Send(MailServer.Of(options), message, sender, left, cancellationToken);
            return Judge(replies, progress, ReferenceOf(notification, message));
        }
        catch (MailFailedException fault)
        {
            return Of(fault);
        }
    }

    public DeliveryResult Check(CancellationToken cancellationToken)
    {
        try
        {
            using MailConnection connection = MailConnection.Open(MailServer.Of(host.Options().Email), cancellationToken);
            connection.Quit(cancellationToken);
            return DeliveryResult.Delivered();
        }
        catch (MailFailedException fault)
        {
            return Of(fault);
        }
    }

    public void Dispose() => _kept.Dispose();

    private string ReferenceOf(AlertNotification notification, MimeMessage message) =>
        new EmailThread(message.MessageId!, EmailContent.Of(notification, host.Texts()).Topic).ToString();

    private static DeliveryResult Of(MailFailedException fault) => fault.Status switch
    {
        DeliveryStatus.Permanent => DeliveryResult.Permanent(fault.Message, fault.RetryAfter),
        DeliveryStatus.Unknown => DeliveryResult.Unknown(fault.Message),
        _ => DeliveryResult.Retry(fault.Message),
    };

    // After any failure the connection is thrown away.
    private IReadOnlyList<RecipientReply> Send(MailServer server, MimeMessage message, MailboxAddress sender, MailboxAddress[] receivers, CancellationToken cancellationToken)
    {
        MailConnection connection = _kept.Take(server, cancellationToken) ?? MailConnection.Open(server, cancellationToken);
        try
        {
            IReadOnlyList<RecipientReply> replies = connection.Send(message, sender, receivers, cancellationToken);
            if (connection.TakesMore)
            {
                _kept.Keep(connection);
            }
            else
            {
                connection.Quit(cancellationToken);
            }

            return replies;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private DeliveryResult Judge(IReadOnlyList<RecipientReply> replies, RecipientProgress progress, string reference)
    {
        foreach (RecipientReply reply in replies)
        {
            if (reply.IsTaken)
            {
                progress.Taken(reply.Address);
                _untold.TryRemove(reply.Address, out _);
            }
            else if (!reply.IsDeferred)
            {
                progress.Refused(reply.Address);
            }
        }

        RecipientReply[] untold = [.. replies.Where(static reply => !reply.IsTaken)];
        bool isLater = Array.Exists(untold, static reply => reply.IsDeferred);
        string words = string.Join("; ", untold.Select(static reply => reply.ToString()));
        if (!progress.IsTaken)
        {
            return isLater
                ? DeliveryResult.Retry($"email: the mail server takes it later. {words}.")
                : DeliveryResult.Permanent($"email: every address is refused. {words}. Check alerts.channels.email.to_emails.");
        }

        Array.ForEach(untold, Warn);
        return isLater
            ? DeliveryResult.Retry($"email: the mail server takes it later. {words}.", progress: progress.Next()) with { Reference = reference }
            : DeliveryResult.Delivered(reference);
    }

    // Once for each address and code, until it takes mail.
    private void Warn(RecipientReply untold)
    {
        if (!_untold.TryGetValue(untold.Address, out int before) || before != untold.Code)
        {
            _untold[untold.Address] = untold.Code;
            Log.NotTold(_logger, untold.Address, ServerReply.Words(untold.Code, untold.Text));
        }
    }
}
