using System.Net.Sockets;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;
using MimeKit;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;

/// <summary>
/// A real mail server, Exim, on loopback: STARTTLS on one port, TLS from the first byte on the other, a sign-in, and one mailbox in a folder. It knows no way to another
/// machine, so no mail leaves this one.
/// </summary>
internal sealed class EximServer : IAsyncDisposable
{
    public const string User = "bot", Password = "s3cr3t";

    private const string SignIn = $"${{if and{{{{eq{{$auth2}}{{{User}}}}}{{eq{{$auth3}}{{{Password}}}}}}}}}";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder;
    private readonly ChildProcess _process;

    private EximServer(DirectoryInfo folder, MailCertificate certificate, ChildProcess process, int port, int tlsPort)
    {
        _folder = folder;
        _process = process;
        Certificate = certificate;
        Port = port;
        TlsPort = tlsPort;
    }

    public MailCertificate Certificate { get; }

    public int Port { get; }

    public int TlsPort { get; }

    private string Mailbox => Path.Combine(_folder.FullName, "mail", "box", "new");

    public static async Task<EximServer> StartAsync()
    {
        string exim = Programs.EximOrSkip();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("exim");
        var certificate = new MailCertificate();
        int port = FreePort.Find(), tlsPort = FreePort.Find();
        folder.CreateSubdirectory("mail");
        folder.CreateSubdirectory("spool");
        // Exim refuses to be root.
        bool isRoot = Environment.IsPrivilegedProcess;
        string user = isRoot ? "nobody" : Environment.UserName;
        string group = (await Command.RunAsync(folder.FullName, "id", "-gn", user)).Trim();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "exim.conf"), Configuration(folder.FullName, certificate, port, tlsPort, user, group));
        if (isRoot)
        {
            await Command.RunAsync(folder.FullName, "chown", "-R", $"{user}:{group}", Path.Combine(folder.FullName, "mail"), Path.Combine(folder.FullName, "spool"), certificate.Folder);
            await Command.RunAsync(folder.FullName, "chmod", "755", folder.FullName, certificate.Folder);
        }

        var process = ChildProcess.Start(exim, "-bdf", "-C", Path.Combine(folder.FullName, "exim.conf"));
        var server = new EximServer(folder, certificate, process, port, tlsPort);
        foreach (int one in (int[])[port, tlsPort])
        {
            Assert.True(await Eventually.GetAsync(() => ListensAsync(one), listens => listens, Limit), $"Exim does not listen. It said: {process.Said}{server.Journal}");
        }

        return server;
    }

    /// <summary>Waits until so many mails are in the mailbox, and reads them, in the order in which they came.</summary>
    public async Task<IReadOnlyList<MimeMessage>> MailsAsync(int count)
    {
        var mails = await Eventually.GetAsync(() => Task.FromResult(Read()), mails => mails.Count >= count, Limit);
        Assert.True(mails.Count == count, $"{mails.Count} mails instead of {count}. Exim said:\n{Journal}");
        return mails;
    }

    /// <summary>Gets the mails in the mailbox, each whole in a file of its own, in the order in which they came.</summary>
    public IReadOnlyList<string> Files() => Directory.Exists(Mailbox) ? [.. Directory.GetFiles(Mailbox).Order(StringComparer.Ordinal)] : [];

    public string Journal => string.Concat(Directory.GetFiles(Path.Combine(_folder.FullName, "spool"), "mainlog").Select(File.ReadAllText));

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Certificate.Dispose();
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A delivery that ends just now writes once more.
            _folder.Delete(recursive: true);
        }
    }

    private List<MimeMessage> Read() => [.. Files().Select(file => MimeMessage.Load(file, TestContext.Current.CancellationToken))];

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Configuration(string folder, MailCertificate certificate, int port, int tlsPort, string user, string group) => $$$"""
        exim_user = {{{user}}}
        exim_group = {{{group}}}
        deliver_drop_privilege = true
        spool_directory = {{{folder}}}/spool
        log_file_path = {{{folder}}}/spool/%slog
        pid_file_path = {{{folder}}}/spool/pid
        primary_hostname = localhost
        domainlist local_domains = example.test
        local_interfaces = <; [127.0.0.1]:{{{port}}} ; [127.0.0.1]:{{{tlsPort}}}
        daemon_smtp_ports = {{{port}}} : {{{tlsPort}}}
        tls_on_connect_ports = {{{tlsPort}}}
        tls_advertise_hosts = *
        tls_certificate = {{{certificate.Certificate}}}
        tls_privatekey = {{{certificate.Key}}}
        auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
        acl_smtp_rcpt = rcpt
        message_size_limit = 1M
        host_lookup =
        smtp_accept_max = 50
        never_users =
        keep_environment =
        begin acl
        rcpt:
          deny !authenticated = *
               message = 5.7.0 authentication required
          deny local_parts = bad
               message = 5.1.1 no such user
          accept domains = +local_domains
          deny message = 5.7.1 relay not permitted
        begin routers
        all:
          driver = accept
          transport = box
        begin transports
        box:
          driver = appendfile
          directory = {{{folder}}}/mail/box
          maildir_format
          user = {{{user}}}
          group = {{{group}}}
        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_condition = {{{SignIn}}}
          server_set_id = $auth2

        """;
}
