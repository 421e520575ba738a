using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>What went wrong in words: what happened, what to do about it, and whether another attempt can help.</summary>
internal static class MailFailure
{
    /// <summary>The code by which a server ends the conversation, whatever was asked.</summary>
    public const int Closing = 421;

    private const int LongestDetail = 160;

    // A password that is tried again and again locks an account.
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromHours(1);

    public static MailFailedException Permanent(string words, Exception? inner = null, TimeSpan? retryAfter = null) => Of(words, DeliveryStatus.Permanent, inner, retryAfter);

    public static MailFailedException NoConnection(Exception fault) => fault is SendFailedException
        ? Retry($"{fault.Message}. Check alerts.channels.email.smtp_server and smtp_port, and whether this machine may connect there", fault)
        : Retry("there was no time left to connect", fault);

    /// <summary>From the greeting to the end of TLS's handshake.</summary>
    public static MailFailedException OfGreeting(Exception fault, MailServer server, SmtpSession session, CancellationToken stop)
    {
        if (session.CertificateProblem is { } problem)
        {
            return Permanent(
                $"{problem}. Put it right on the mail server {server}, or set alerts.channels.email.smtp_server to the name that it is for; to trust one more authority, name a file with it in SSL_CERT_FILE",
                fault);
        }

        if (fault is SmtpCommandException reply)
        {
            return OfReply(reply, server);
        }

        if (server.Security == EmailSecurity.Tls)
        {
            return server.Port is 587 or 25
                ? Permanent(Say($"port {server.Port} of {server.Host} does not speak TLS from the first byte: set alerts.channels.email.security to starttls, or smtp_port to 465"), fault)
                : Retry($"no TLS with the mail server {server}: {(stop.IsCancellationRequested ? "it did not answer in time" : Detail(fault))}. If it speaks TLS only after STARTTLS, set alerts.channels.email.security to starttls", fault);
        }

        return fault switch
        {
            NotSupportedException => Permanent($"the mail server {server} offers no STARTTLS, and nothing is sent in clear. Set alerts.channels.email.security to tls if the port speaks TLS from the first byte, or to none if the network is to be trusted", fault),
            SslHandshakeException => Retry($"no TLS with the mail server {server}: {Detail(fault)}", fault),
            _ when server.Port == 465 => Permanent($"no greeting from {server}: port 465 speaks TLS from the first byte: set alerts.channels.email.security to tls", fault),
            _ when stop.IsCancellationRequested => Retry($"the mail server {server} did not greet in time. If the port speaks TLS from the first byte, set alerts.channels.email.security to tls", fault),
            _ => Retry($"the mail server {server} does not greet as one does: {Detail(fault)}", fault),
        };
    }

    public static MailFailedException NoSignIn(MailServer server, IReadOnlyCollection<string> offered) => Permanent(
        $"the mail server {server} offers no sign-in by PLAIN or LOGIN{(offered.Count > 0 ? $", only {LineSanitizer.Of(string.Join(", ", offered.Order(StringComparer.Ordinal)), LongestDetail)}" : "")}. "
            + (server.Security == EmailSecurity.None ? "Many offer it only with TLS: set alerts.channels.email.security to starttls" : "If it wants none, leave out alerts.channels.email.smtp_username and smtp_password"));

    public static MailFailedException OfSignIn(Exception fault, MailServer server, CancellationToken stop)
    {
        if (fault is not AuthenticationException)
        {
            return fault is SmtpCommandException reply ? OfReply(reply, server) : Retry($"the mail server {server} {Cut(stop)} while signing in", fault);
        }

        // What it says begins with the code; some servers repeat what they were sent.
        string said = fault.Message.Contains(server.Password!, StringComparison.Ordinal) || fault.Message.Contains(Encoded(server), StringComparison.Ordinal)
            ? fault.Message[..Math.Min(3, fault.Message.Length)]
            : LineSanitizer.Of(fault.Message, LongestDetail).TrimEnd('.');
        return said is ['4', ..]
            ? Retry($"the mail server {server} cannot sign in now: {said}", fault)
            : Permanent($"the mail server {server} refuses the user name or the password: {said}. Check alerts.channels.email.smtp_username and smtp_password", fault, AfterRefusal);
    }

    public static MailFailedException OfSending(Exception fault, MailServer server, SmtpSession session, CancellationToken stop) => fault switch
    {
        _ when session.HasBegun && fault is not SmtpCommandException => Of($"the mail server {server} {Cut(stop)} before it had answered, and may have taken the message", DeliveryStatus.Unknown, fault),
        _ when session.Replies.FirstOrDefault(static reply => reply.Code == Closing) is { } closing => Retry($"the mail server {server} is busy: {ServerReply.Words(closing.Code, closing.Text)}", fault),
        SmtpCommandException reply => OfReply(reply, server),
        _ => Retry($"the mail server {server} {Cut(stop)} before the message was sent", fault),
    };

    private static MailFailedException OfReply(SmtpCommandException reply, MailServer server)
    {
        int code = (int)reply.StatusCode;
        string said = ServerReply.Words(code, reply.Message);
        return code switch
        {
            >= 400 and < 500 => Retry($"the mail server {server} is busy: {said}", reply),
            530 when server.UserName is null => Permanent($"the mail server {server} asks for a sign-in: {said}. Set alerts.channels.email.smtp_username and smtp_password", reply),
            552 or 523 => Permanent($"the message is too large for the mail server {server}: {said}", reply),
            _ when reply.ErrorCode == SmtpErrorCode.SenderNotAccepted =>
                Permanent($"the mail server {server} refuses the sender {reply.Mailbox?.Address}: {said}. Set alerts.channels.email.from_email to an address that it takes from this user", reply),
            _ => Permanent($"the mail server {server} refuses the message: {said}", reply),
        };
    }

    private static MailFailedException Retry(string words, Exception inner) => Of(words, DeliveryStatus.Retry, inner);

    private static MailFailedException Of(string words, DeliveryStatus status, Exception? inner, TimeSpan? retryAfter = null) => new($"email: {words}.", status, inner) { RetryAfter = retryAfter };

    private static string Cut(CancellationToken stop) => stop.IsCancellationRequested ? "did not answer in time" : "cut the connection";

    private static string Detail(Exception fault)
    {
        Exception cause = fault;
        while (cause.InnerException is { } inner and not SocketException)
        {
            cause = inner;
        }

        return LineSanitizer.Of(cause.Message, LongestDetail).TrimEnd('.');
    }

    private static string Encoded(MailServer server) => Convert.ToBase64String(Encoding.UTF8.GetBytes(server.Password!));

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
