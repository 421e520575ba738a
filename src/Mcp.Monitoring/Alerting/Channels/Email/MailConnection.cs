using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;
using Mcp.Monitoring.Alerting.Channels.Transport;
using MimeKit;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>A conversation with a mail server, signed in. All of it runs on the caller's thread: MailKit's own way to connect would wait for the thread pool.</summary>
internal sealed class MailConnection : IDisposable
{
    // Only where nobody can end a call: MailKit forgets it as soon as there is a token.
    private const int LongestSilenceMs = 60_000;

    // Exim by itself takes more of one connection, and delivers them half an hour later (smtp_accept_queue_per_connection).
    private const int MostMessages = 10;

    private readonly Socket _socket;
    private readonly SmtpSession _session;
    private int _messages;
    private X509Certificate2? _own;

    private MailConnection(MailServer server, Socket socket)
    {
        Server = server;
        _socket = socket;
        _session = new SmtpSession(server.Host) { Timeout = LongestSilenceMs };
    }

    public MailServer Server { get; }

    /// <exception cref="MailFailedException">It did not come about.</exception>
    public static MailConnection Open(MailServer server, CancellationToken cancellationToken)
    {
        Socket socket;
        try
        {
            socket = ChannelSocket.Connect(server.Host, server.Port, server.ProxyUrl is { } proxy ? new Uri(proxy) : null, cancellationToken);
        }
        catch (Exception fault) when (fault is SendFailedException or OperationCanceledException)
        {
            throw MailFailure.NoConnection(fault);
        }

        var connection = new MailConnection(server, socket);
        try
        {
            connection.Begin(cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a message to some addresses.</summary>
    /// <returns>What the server said to each of them; who was accepted has it.</returns>
    /// <exception cref="MailFailedException">Nobody has it, or nobody knows.</exception>
    public IReadOnlyList<RecipientReply> Send(MimeMessage message, MailboxAddress sender, IReadOnlyList<MailboxAddress> receivers, CancellationToken cancellationToken)
    {
        _messages++;
        _session.Begin();
        using CancellationTokenRegistration closing = Closing(cancellationToken);
        try
        {
            _session.Send(FormatOptions.Default, message, sender, receivers, cancellationToken, _session);
        }
        catch (SmtpCommandException refusal) when (refusal.ErrorCode != SmtpErrorCode.SenderNotAccepted && IsRefusedByAll(receivers.Count))
        {
            // Each address has its own answer, and some may be for later.
        }
        catch (Exception fault)
        {
            throw MailFailure.OfSending(fault, Server, _session, cancellationToken);
        }

        return [.. _session.Replies];
    }

    /// <summary>Gets whether another message may follow on it.</summary>
    public bool TakesMore => _messages < MostMessages;

    /// <summary>Returns whether the server still listens, after a pause.</summary>
    public bool IsAlive(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration closing = Closing(cancellationToken);
        try
        {
            _session.NoOp(cancellationToken);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Says goodbye, and closes.</summary>
    public void Quit(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration closing = Closing(cancellationToken);
        try
        {
            _session.Disconnect(quit: true, cancellationToken);
        }
        catch (Exception)
        {
            // It is closed either way.
        }

        Dispose();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _session.Dispose();
        _own?.Dispose();
    }

    private void Begin(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration closing = Closing(cancellationToken);
        _session.LocalDomain = Server.EhloName;
        if (Server.ClientCertificate is { } path)
        {
            _own = ClientCertificate.Load(path, Server.ClientCertificatePassword);
            _session.ClientCertificates = [_own];
        }

        try
        {
            // The others of its options send in clear where STARTTLS is not offered.
            _session.Connect(_socket, Server.Host, Server.Port, Server.Security switch
            {
                EmailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                EmailSecurity.Starttls => SecureSocketOptions.StartTls,
                _ => SecureSocketOptions.None,
            }, cancellationToken);
        }
        catch (Exception fault)
        {
            throw MailFailure.OfGreeting(fault, Server, _session, cancellationToken);
        }

        if (Server.UserName is { } user)
        {
            SignIn(user, Server.Password!, cancellationToken);
        }
    }

    // One way only: MailKit's own choice tries a wrong password once for each, and accounts are locked by that.
    private void SignIn(string user, string password, CancellationToken cancellationToken)
    {
        SaslMechanism way = _session.AuthenticationMechanisms.Contains("PLAIN") ? new SaslMechanismPlain(user, password)
            : _session.AuthenticationMechanisms.Contains("LOGIN") ? new SaslMechanismLogin(user, password)
            : throw MailFailure.NoSignIn(Server, _session.AuthenticationMechanisms);
        try
        {
            _session.Authenticate(way, cancellationToken);
        }
        catch (Exception fault)
        {
            throw MailFailure.OfSignIn(fault, Server, cancellationToken);
        }
    }

    private bool IsRefusedByAll(int receivers) => _session.Replies.Count == receivers && _session.Replies.All(static reply => !reply.IsTaken && reply.Code != MailFailure.Closing);

    // Within TLS the thread may be in a read that no token ends.
    private CancellationTokenRegistration Closing(CancellationToken cancellationToken) => cancellationToken.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), _socket);
}
