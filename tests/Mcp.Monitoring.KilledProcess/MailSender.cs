using System.Diagnostics;
using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>
/// A process of its own for mails over TLS, since a process reads once whom it trusts. Each line that comes is one order: <c>send</c> with a message, <c>check</c>,
/// <c>new</c> with other options, <c>stick</c> for a second channel whose server does not answer, <c>starve</c>; each line that goes is what became of it.
/// </summary>
internal static class MailSender
{
    public static void Run(string options)
    {
        EmailChannel channel = New(options);
        using var released = new ManualResetEvent(initialState: false);
        int isFree = 0;
        while (Console.ReadLine() is { } line)
        {
            string[] order = line.Split(' ', 2);
            long start = Stopwatch.GetTimestamp();
            // A mail server that hangs ends the test with words, and not its limit.
            using var stop = new CancellationTokenSource();
            switch (order[0])
            {
                case "new":
                    channel.Dispose();
                    channel = New(order[1]);
                    Console.WriteLine("new");
                    break;
                case "stick":
                    // It never ends, and ends with the process.
                    EmailChannel stuck = New(order[1]);
                    new Thread(() => stuck.Check(CancellationToken.None)) { IsBackground = true }.Start();
                    Console.WriteLine("stuck");
                    break;
                case "starve":
                    for (int i = 0; i < 5_000; i++)
                    {
                        ThreadPool.UnsafeQueueUserWorkItem(static released => ((ManualResetEvent)released!).WaitOne(), released);
                    }

                    ThreadPool.UnsafeQueueUserWorkItem(_ => Interlocked.Increment(ref isFree), state: null);
                    Console.WriteLine("starved");
                    break;
                case "free":
                    Console.WriteLine(Volatile.Read(ref isFree));
                    break;
                default:
                    var limit = new Thread(() =>
                    {
                        // Of "hang" the next line is the end of its time.
                        if (order[0] == "hang" ? Console.ReadLine() is not null : !stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(20)))
                        {
                            stop.Cancel();
                        }
                    })
                    { IsBackground = true };
                    limit.Start();
                    DeliveryResult result = order[0] == "check" ? channel.Check(stop.Token) : channel.Send(JsonSerializer.Deserialize<AlertNotification>(order[1])!, stop.Token);
                    stop.Cancel();
                    limit.Join();
                    Console.WriteLine(JsonSerializer.Serialize(new MailOutcome(result.Status.ToString(), result.Error, result.Reference, Stopwatch.GetElapsedTime(start).TotalSeconds)));
                    break;
            }
        }

        released.Set();
    }

    private static EmailChannel New(string options) =>
        MailHost.Channel(email => JsonSerializer.Deserialize<MailSettings>(options)!.Into(email), TimeProvider.System, NullLoggerFactory.Instance);
}

/// <summary>What became of an order.</summary>
internal sealed record MailOutcome(string Status, string? Error, string? Reference, double Seconds);

/// <summary>The settings of the channel that tests choose.</summary>
internal sealed record MailSettings(int Port)
{
    public string Server { get; init; } = "localhost";

    public EmailSecurity? Security { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public string? ClientCertificate { get; init; }

    public string? ClientCertificatePassword { get; init; }

    public string? ProxyUrl { get; init; }

    public string? EhloName { get; init; }

    public string From { get; init; } = "alerts@example.test";

    public string? FromName { get; init; }

    public string[] To { get; init; } = ["ops@example.test"];

    public void Into(EmailChannelOptions email)
    {
        email.SmtpServer = Server;
        email.SmtpPort = Port;
        email.Security = Security;
        email.SmtpUsername = User;
        email.SmtpPassword = Password;
        email.ClientCertificate = ClientCertificate;
        email.ClientCertificatePassword = ClientCertificatePassword;
        email.ProxyUrl = ProxyUrl;
        email.EhloName = EhloName;
        email.FromEmail = From;
        email.FromName = FromName;
        email.ToEmails = To;
    }
}
