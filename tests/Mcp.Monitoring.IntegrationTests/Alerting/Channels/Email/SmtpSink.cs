using System.Reflection;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Processes;
using MimeKit;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;

/// <summary>A mail server that does what a test says, on the npm package smtp-server: <c>peers/smtp-sink.mjs</c>. It ends with the test.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private static readonly string Peers = typeof(SmtpSink).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PeersFolder").Value!;

    private readonly ChildProcess _process;
    private readonly List<JsonElement> _events = [];
    private readonly List<JsonElement> _unread = [];

    private SmtpSink(ChildProcess process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<SmtpSink> StartAsync(object? options = null)
    {
        string node = Programs.NodeOrSkip();
        Needs.That(Directory.Exists(Path.Combine(Peers, "node_modules", "smtp-server")), $"The npm package smtp-server is not installed. Run npm ci in {Peers}.");
        var process = ChildProcess.Start(node, Path.Combine(Peers, "smtp-sink.mjs"), JsonSerializer.Serialize(options ?? new { }));
        string? ready = await process.ReadLineAsync();
        Assert.True(ready is not null, process.Said);
        return new(process, JsonDocument.Parse(ready!).RootElement.GetProperty("port").GetInt32());
    }

    /// <summary>Says what it does from now on.</summary>
    public async Task ScriptAsync(object script)
    {
        await _process.Input.WriteLineAsync(JsonSerializer.Serialize(script));
        await NextAsync("set");
    }

    /// <summary>Waits for the next thing of a kind that was not waited for yet, and leaves what else comes for others.</summary>
    public async Task<JsonElement> NextAsync(string kind)
    {
        int at;
        while ((at = _unread.FindIndex(came => KindOf(came) == kind)) < 0)
        {
            JsonElement came = JsonDocument.Parse(await _process.ReadLineAsync() ?? throw new InvalidOperationException($"The sink ended:\n{_process.Said}")).RootElement;
            _events.Add(came);
            _unread.Add(came);
        }

        JsonElement next = _unread[at];
        _unread.RemoveAt(at);
        return next;
    }

    /// <summary>Waits for the next mail.</summary>
    public async Task<SunkMail> MailAsync()
    {
        JsonElement mail = await NextAsync("mail");
        return new SunkMail(
            MimeMessage.Load(new MemoryStream(mail.GetProperty("raw").GetBytesFromBase64())),
            [.. mail.GetProperty("to").EnumerateArray().Select(to => to.GetString()!)],
            mail.GetProperty("ehlo").GetString()!,
            mail.GetProperty("tls").GetBoolean(),
            mail.GetProperty("client").GetString());
    }

    /// <summary>Lets it do all that was asked so far, and counts what happened of a kind since its start.</summary>
    public async Task<int> CountAsync(string kind)
    {
        await ScriptAsync(new { keep = true });
        return _events.Count(came => KindOf(came) == kind);
    }

    private static string? KindOf(JsonElement came) => came.GetProperty("event").GetString();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}

/// <summary>A mail that has come, and who it was for on the wire.</summary>
internal sealed record SunkMail(MimeMessage Message, string[] To, string Ehlo, bool IsEncrypted, string? Client);
