using System.Globalization;
using System.Text;
using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>What somebody is told who tries whether alerts arrive at Alertmanager; no host runs meanwhile.</summary>
public sealed class TestAlertTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Test_alert_is_told_by_a_real_Alertmanager_and_ends_by_itself()
    {
        await using Webhook hook = await Webhook.StartAsync();
        await using AlertmanagerServer server = await AlertmanagerServer.StartAsync(hook.Address);

        DeliveryResult result = await SendAsync(server.Address.ToString());

        Assert.Equal((DeliveryStatus.Delivered, null), (result.Status, result.Error));
        JsonElement there = Assert.Single(await Eventually.GetAsync(() => server.AskAsync("alerts"), found => found.Length > 0, Limit));
        Assert.InRange(there.GetProperty("endsAt").GetDateTimeOffset() - there.GetProperty("startsAt").GetDateTimeOffset(), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.Equal(["McpMonitoringTest firing: pod-1 firing"], await hook.TellsAsync(1));
    }

    [Theory]
    [InlineData("400 Bad Request", "unexpected EOF", DeliveryStatus.Permanent, "it refuses this (400): unexpected EOF.")]
    [InlineData("404 Not Found", "<html>", DeliveryStatus.Permanent, "there is no Alertmanager at this address (404). Check alerts.alertmanager.urls: the address of the member, with its route prefix and without /api.")]
    [InlineData("200 OK", "\n<!DOCTYPE html><title>Sign in</title>", DeliveryStatus.Permanent, "a web page answers there, not Alertmanager (200). Check alerts.alertmanager.urls: the address of the member, with its route prefix and without /api.")]
    [InlineData("302 Found", "", DeliveryStatus.Permanent, "it sends elsewhere (302), which is not followed. Set alerts.alertmanager.urls to where it is.")]
    [InlineData("401 Unauthorized", "", DeliveryStatus.Permanent, "it refuses the sign-in (401). Check alerts.alertmanager.username and password, or bearer_token.")]
    [InlineData("502 Bad Gateway", "<html><h1>Bad Gateway</h1></html>", DeliveryStatus.Retry, "it fails (502).")]
    [InlineData("429 Too Many Requests", "", DeliveryStatus.Retry, "it takes no more for now (429).")]
    [InlineData("garbage", "", DeliveryStatus.Retry, null)]
    public async Task What_is_wrong_is_said_in_words(string status, string body, DeliveryStatus expected, string? words)
    {
        using var server = new TinyServer(stream =>
        {
            TinyServer.ReadRequest(stream);
            stream.Write(Encoding.UTF8.GetBytes(status == "garbage" ? "SSH-2.0-OpenSSH_9.2\r\n" : string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}")));
        });
        string address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}");

        DeliveryResult result = await SendAsync(address);

        Assert.Equal(expected, result.Status);
        Assert.StartsWith($"alertmanager: no member has taken it. {address}: {words}", result.Error, StringComparison.Ordinal);
        Assert.EndsWith(".", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_that_do_not_answer_are_named_and_one_that_takes_it_is_enough()
    {
        using var unanswered = new UnansweredPort();
        using var server = new TinyServer(stream =>
        {
            TinyServer.ReadRequest(stream);
            stream.Write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8);
        });
        string nobody = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find()}"), stuck = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{unanswered.Port}");

        DeliveryResult none = await SendAsync(nobody, stuck);
        DeliveryResult one = await SendAsync(nobody, stuck, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}"));

        Assert.Equal(DeliveryStatus.Retry, none.Status);
        Assert.StartsWith($"alertmanager: no member has taken it. {nobody}: ", none.Error, StringComparison.Ordinal);
        Assert.Contains($"{stuck}: it has not answered within 1 s.", none.Error, StringComparison.Ordinal);
        Assert.Equal(DeliveryStatus.Delivered, one.Status);
        Assert.StartsWith($"alertmanager: 2 of 3 members have not taken it. {nobody}: ", one.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_forward_it_says_what_to_set()
    {
        using IHost host = Build(static options => options.Alerts.Mode = AlertMode.InProcess);

        DeliveryResult result = await host.Services.GetRequiredService<IAlertManager>().SendTestAsync("alertmanager", TestContext.Current.CancellationToken);

        Assert.Equal("alertmanager: nothing is sent there. Set alerts.mode: forward, and alerts.alertmanager.urls.", result.Error);
    }

    [Fact]
    public async Task Sample_says_so_and_exits_with_0_or_1()
    {
        await using Webhook hook = await Webhook.StartAsync();
        await using AlertmanagerServer server = await AlertmanagerServer.StartAsync(hook.Address);

        (int delivered, string said) = await RunSampleAsync(server.Address.GetLeftPart(UriPartial.Authority));
        await server.KillAsync();
        (int failed, string why) = await RunSampleAsync(server.Address.GetLeftPart(UriPartial.Authority));

        Assert.True(delivered == 0, said);
        Assert.Contains("alertmanager: delivered in ", said, StringComparison.Ordinal);
        Assert.True(failed == 1, why);
        Assert.Contains($"alertmanager: no member has taken it. {server.Address.GetLeftPart(UriPartial.Authority)}: ", why, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> RunSampleAsync(string member)
    {
        await using ChildProcess sample = ChildProcess.Start(
            Programs.Dotnet, [Programs.Sample, "--test-alert", "alertmanager"], ("McpMonitoring__Alerts__Mode", "forward"), ("McpMonitoring__Alerts__Alertmanager__Urls__0", member));
        await sample.ExitAsync();
        return (sample.ExitCode, sample.Said);
    }

    private static async Task<DeliveryResult> SendAsync(params string[] members)
    {
        using IHost host = Build(options => options.Alerts.Alertmanager.Urls = members);
        return await host.Services.GetRequiredService<IAlertManager>().SendTestAsync("alertmanager", TestContext.Current.CancellationToken).WaitAsync(Limit);
    }

    private static IHost Build(Action<McpMonitoringOptions> configure)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Alerts.Mode = AlertMode.Forward;
            options.Alerts.Storage.Path = ":memory:";
            options.Alerts.Alertmanager.Instance = "pod-1";
            options.Alerts.Alertmanager.Timeout = TimeSpan.FromSeconds(1);
            configure(options);
        });
        return builder.Build();
    }
}
