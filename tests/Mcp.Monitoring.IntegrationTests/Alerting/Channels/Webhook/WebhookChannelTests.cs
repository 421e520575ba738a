using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels;
using Mcp.Monitoring.Alerting.Channels.Webhook;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Webhook;

/// <summary>The webhook channel before a receiver that the test writes.</summary>
public sealed class WebhookChannelTests
{
    private const string Token = "s3cr3t-t0k3n", Secret = "long-random-text-of-both", Path = "/hook-of-the-team";
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(700);

    public static TheoryData<int, DeliveryStatus> Statuses => new()
    {
        { 200, DeliveryStatus.Delivered },
        { 202, DeliveryStatus.Delivered },
        { 204, DeliveryStatus.Delivered },
        { 301, DeliveryStatus.Permanent },
        { 308, DeliveryStatus.Permanent },
        { 400, DeliveryStatus.Permanent },
        { 401, DeliveryStatus.Permanent },
        { 403, DeliveryStatus.Permanent },
        { 404, DeliveryStatus.Permanent },
        { 408, DeliveryStatus.Retry },
        { 410, DeliveryStatus.Permanent },
        { 413, DeliveryStatus.Permanent },
        { 422, DeliveryStatus.Permanent },
        { 425, DeliveryStatus.Retry },
        { 429, DeliveryStatus.Retry },
        { 500, DeliveryStatus.Retry },
        { 502, DeliveryStatus.Retry },
        { 503, DeliveryStatus.Retry },
        { 504, DeliveryStatus.Retry },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public void What_the_receiver_answers_becomes_a_result(int status, DeliveryStatus expected)
    {
        using var server = TinyServer.Answering($"HTTP/1.1 {status} X\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");

        DeliveryResult result = Send(Options(server));

        Assert.Equal(expected, result.Status);
        Assert.Equal(expected == DeliveryStatus.Retry ? TimeSpan.FromSeconds(7) : null, result.RetryAfter);
        Assert.Equal(expected == DeliveryStatus.Delivered, result.Error is null);
        Assert.StartsWith(expected == DeliveryStatus.Delivered ? "" : "pager: answered ", result.Error ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_has_its_id_its_kind_its_token_and_a_signature_that_another_can_verify()
    {
        string asked = "";
        using var server = TinyServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", request => asked = request);

        Assert.Equal(DeliveryStatus.Delivered, Send(Options(server)).Status);

        string[] parts = asked.Split("\r\n\r\n", 2);
        string[] head = parts[0].Split("\r\n");
        Assert.Equal($"POST {Path} HTTP/1.1", head[0]);
        Assert.Contains("Idempotency-Key: 0199a0c0d1e2f30415263748596a7b8c", head);
        Assert.Contains("X-Mcp-Event: flapping_started", head);
        Assert.Contains($"Authorization: Bearer {Token}", head);
        Assert.Contains("Content-Type: application/json", head);
        Assert.Equal("4", JsonDocument.Parse(parts[1]).RootElement.GetProperty("version").GetString());
        string signature = Assert.Single(head, static line => line.StartsWith("X-Mcp-Signature: ", StringComparison.Ordinal))["X-Mcp-Signature: ".Length..];
        string time = signature.Split(',')[0]["t=".Length..];
        Assert.Equal("1772323200", time);
        Assert.Equal($"t={time},v1={ByOpenSsl($"{time}.{parts[1]}")}", signature);
    }

    [Fact]
    public void A_name_and_a_password_in_the_address_sign_in()
    {
        string asked = "";
        using var server = TinyServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", request => asked = request);
        WebhookChannelOptions options = Options(server);
        options.Token = null;
        options.Url = $"http://me:p%40ss@127.0.0.1:{server.Port}{Path}";

        Assert.Equal(DeliveryStatus.Delivered, Send(options).Status);

        Assert.Contains($"\r\nAuthorization: Basic {Convert.ToBase64String("me:p@ss"u8)}\r\n", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("p%40ss", asked, StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_of_an_alert_of_Opsgenie_closes_it_by_its_alias_and_one_that_is_gone_is_closed()
    {
        string asked = "";
        using var server = TinyServer.Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", request => asked = request);
        WebhookChannelOptions options = Options(server);
        options.Preset = WebhookPreset.Opsgenie;

        Assert.Equal(DeliveryStatus.Delivered, Send(options, Message() with { Kind = NotificationKind.Resolved }).Status);
        Assert.StartsWith($"POST {Path}/orders-mcp%2F1c/close?identifierType=alias HTTP/1.1\r\n", asked, StringComparison.Ordinal);
        Assert.Contains($"\r\nAuthorization: GenieKey {Token}\r\n", asked, StringComparison.Ordinal);
        Assert.Equal(DeliveryStatus.Permanent, Send(options).Status);
    }

    [Theory]
    [InlineData("202 Accepted", DeliveryStatus.Delivered, 2)]
    [InlineData("503 Busy", DeliveryStatus.Retry, 1)]
    public void What_is_no_alert_is_one_of_Opsgenie_that_is_closed_once_it_was_taken(string answer, DeliveryStatus status, int posts)
    {
        List<string> asked = [];
        using var server = TinyServer.Answering($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n", asked.Add);
        WebhookChannelOptions options = Options(server);
        options.Preset = WebhookPreset.Opsgenie;

        Assert.Equal(status, Send(options, Message() with { Kind = NotificationKind.Report }).Status);

        Assert.Equal(posts, asked.Count);
        Assert.StartsWith($"POST {Path} HTTP/1.1\r\n", asked[0], StringComparison.Ordinal);
        Assert.Contains("\r\nIdempotency-Key: 0199a0c0d1e2f30415263748596a7b8c\r\n", asked[0], StringComparison.Ordinal);
        Assert.All(asked.Skip(1), static close =>
        {
            Assert.StartsWith($"POST {Path}/orders-mcp%2F1c/close?identifierType=alias HTTP/1.1\r\n", close, StringComparison.Ordinal);
            Assert.Contains("\r\nIdempotency-Key: 0199a0c0d1e2f30415263748596a7b8c-end\r\n", close, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_refusal_says_what_the_receiver_says_without_secrets()
    {
        string said = $$"""{"status":"invalid event","errors":["routing_key {{Token}} of {{Path}} is wrong"]}""";
        using var server = TinyServer.Answering($"HTTP/1.1 400 Bad Request\r\nContent-Length: {said.Length}\r\n\r\n{said}");
        WebhookChannelOptions options = Options(server);
        options.Preset = WebhookPreset.Pagerduty;

        DeliveryResult result = Send(options);

        Assert.StartsWith("pager: answered 400: it does not understand the message. It says: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("invalid event", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("Look at token: it is the integration key of an Events API V2 integration.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.Trim('/'), result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_answer_that_does_not_come_is_not_known_to_have_failed(bool isStarved)
    {
        using var ended = new ManualResetEventSlim();
        using var server = new TinyServer(stream =>
        {
            TinyServer.ReadRequest(stream);
            ended.Wait(TimeSpan.FromSeconds(20));
        });

        DeliveryResult result = Send(Options(server), Message() with { IsThreadPoolStarved = isStarved }, Short);
        ended.Set();

        Assert.Equal((DeliveryStatus.Unknown, $"pager: 127.0.0.1:{server.Port} did not answer within 1 s"), (result.Status, result.Error));
    }

    [Fact]
    public void A_receiver_that_is_not_there_is_tried_again()
    {
        WebhookChannelOptions options;
        using (var server = TinyServer.Answering(""))
        {
            options = Options(server);
        }

        DeliveryResult result = Send(options);

        Assert.Equal(DeliveryStatus.Retry, result.Status);
        Assert.Matches("^pager: connection to 127.0.0.1:[0-9]+ refused$", result.Error);
        Assert.Equal(result, Channel(options).Check(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_self_check_sends_nothing()
    {
        byte[] received = [1];
        using var read = new ManualResetEventSlim();
        using var server = new TinyServer(stream =>
        {
            using var all = new MemoryStream();
            stream.CopyTo(all);
            received = all.ToArray();
            read.Set();
        });

        Assert.Equal(DeliveryStatus.Delivered, Channel(Options(server)).Check(TestContext.Current.CancellationToken).Status);

        Assert.True(read.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Empty(received);
    }

    [Fact]
    public void An_entry_that_is_taken_out_while_the_host_runs_is_told_so()
    {
        using var server = TinyServer.Answering("");
        var settings = new AlertChannelOptions();
        settings.Webhooks.Add(Options(server));
        var channel = new WebhookChannel(Host(() => settings), "pager");
        Assert.True(channel.IsOn);

        settings = new AlertChannelOptions();

        Assert.False(channel.IsOn);
        Assert.Equal(DeliveryStatus.Permanent, channel.Send(Message(), TestContext.Current.CancellationToken).Status);
        Assert.Equal(0, server.Count);
    }

    [Fact]
    public void Settings_of_a_reload_are_in_the_next_message()
    {
        string asked = "";
        using var server = TinyServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", request => asked = request);
        WebhookChannelOptions options = Options(server);
        WebhookChannel channel = Channel(options);
        channel.Send(Message(), TestContext.Current.CancellationToken);
        Assert.Contains(Token, asked, StringComparison.Ordinal);

        options.Token = "another";
        options.Severity = AlertSeverity.High;
        channel.Send(Message(), TestContext.Current.CancellationToken);

        Assert.Contains("\r\nAuthorization: Bearer another\r\n", asked, StringComparison.Ordinal);
        Assert.Equal(AlertSeverity.High, channel.MinimumSeverity);
    }

    [Fact]
    public void Each_entry_is_a_channel_of_the_host_by_its_name()
    {
        var settings = new AlertChannelOptions();
        settings.Webhooks.Add(new WebhookChannelOptions { Name = "pager", Url = "https://one.example.com/", Severity = AlertSeverity.Critical });
        settings.Webhooks.Add(new WebhookChannelOptions { Name = "team", Url = "https://two.example.com/" });

        IConfiguredChannel[] channels = [.. BuiltInChannels.Of(Host(() => settings)).Where(static channel => channel.IsOn)];

        Assert.Equal([("pager", AlertSeverity.Critical), ("team", AlertSeverity.Medium)], channels.Select(static channel => (channel.Name, channel.MinimumSeverity)));
    }

    // Another program's word on the signature.
    private static string ByOpenSsl(string signed)
    {
        var start = new ProcessStartInfo("openssl", ["dgst", "-sha256", "-hmac", Secret, "-hex"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        try
        {
            using Process openssl = Process.Start(start)!;
            openssl.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(signed));
            openssl.StandardInput.Close();
            return openssl.StandardOutput.ReadToEnd().Split(' ')[^1].Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No such program here: by the definition of RFC 2104 instead.
            byte[] key = new byte[64];
            Encoding.UTF8.GetBytes(Secret, key);
            byte[] inner = SHA256.HashData([.. key.Select(static value => (byte)(value ^ 0x36)), .. Encoding.UTF8.GetBytes(signed)]);
            return Convert.ToHexStringLower(SHA256.HashData([.. key.Select(static value => (byte)(value ^ 0x5c)), .. inner]));
        }
    }

    private static DeliveryResult Send(WebhookChannelOptions options, AlertNotification? message = null, TimeSpan? limit = null)
    {
        using var stop = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(20));
        return Channel(options).Send(message ?? Message(), stop.Token);
    }

    private static WebhookChannel Channel(WebhookChannelOptions options)
    {
        var settings = new AlertChannelOptions();
        settings.Webhooks.Add(options);
        return new WebhookChannel(Host(() => settings), options.Name);
    }

    private static WebhookChannelOptions Options(TinyServer server) => new() { Name = "pager", Url = $"http://127.0.0.1:{server.Port}{Path}", Token = Token, Secret = Secret };

    private static AlertNotification Message() => new()
    {
        Id = "0199a0c0d1e2f30415263748596a7b8c",
        Kind = NotificationKind.FlappingStarted,
        Severity = AlertSeverity.Critical,
        Group = "orders-mcp/1c",
        Title = "1c down",
        Service = "orders-mcp",
        Summary = "14 of 14 calls failed in 5 min",
        Text = "critical · 1c down · orders-mcp — 14 of 14 calls failed in 5 min, since 03:00 MSK.",
    };

    private static ChannelHost Host(Func<AlertChannelOptions> options) => new()
    {
        Options = options,
        Texts = () => AlertTexts.In(AlertLanguage.En),
        TimeZone = () => TimeZoneInfo.Utc,
        Service = "orders-mcp",
        Alerts = () => throw new NotSupportedException(),
        Memory = null!,
        Logging = NullLoggerFactory.Instance,
        Time = new FixedTime(),
        IsPoolStarved = static () => false,
    };

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
