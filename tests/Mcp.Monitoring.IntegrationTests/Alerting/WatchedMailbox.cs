using System.Globalization;
using System.Text.RegularExpressions;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;
using Mcp.Monitoring.KilledProcess;
using MimeKit;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>Notes each mail as soon as it lies in the mailbox. The name of the sender is the number of the process.</summary>
internal sealed partial class WatchedMailbox : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly EximServer _exim;
    private readonly ToldFile _told;
    private readonly Thread _thread;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly ManualResetEventSlim _ended = new();

    public WatchedMailbox(EximServer exim, ToldFile told)
    {
        _exim = exim;
        _told = told;
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Gets what lies in the mailbox, in the order in which the server has taken it: it puts several there at a time.</summary>
    public IReadOnlyList<ReceivedMessage> Received() => [.. _exim.Files().Select(static file => MimeMessage.Load(file)).OrderBy(IdOfServer, StringComparer.Ordinal).Select(Read)];

    public void Dispose()
    {
        _ended.Set();
        _thread.Join();
        _ended.Dispose();
    }

    private void Watch()
    {
        do
        {
            foreach (string file in _exim.Files().Where(_seen.Add))
            {
                using var mail = MimeMessage.Load(file);
                _told.Add(Read(mail));
            }
        }
        while (!_ended.Wait(BetweenLooks));
    }

    private static ReceivedMessage Read(MimeMessage mail) =>
        ToldText.Read(mail.TextBody!, int.Parse(mail.From.Mailboxes.Single().Name!, CultureInfo.InvariantCulture), mail.MessageId!.Split('@')[0]);

    // The time at which it was taken, with the process and the fraction of the second after it.
    private static string IdOfServer(MimeMessage mail) => Id().Match(mail.Headers[HeaderId.Received]!) is var id ? id.Groups["time"].Value + id.Groups["fraction"].Value : "";

    [GeneratedRegex(@"\sid\s(?<time>\w{6})-\w+-(?<fraction>\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}
