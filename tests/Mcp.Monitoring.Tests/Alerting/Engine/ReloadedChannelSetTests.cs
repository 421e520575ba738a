using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.Notifications;
using Mcp.Monitoring.Tests.Alerting.Scenarios;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>The channels of the options follow a reload: each one on and off, and the list of webhooks.</summary>
public sealed class ReloadedChannelSetTests : IDisposable
{
    private readonly RecordedLogs _logs = new();
    private readonly TestHost _host;
    private readonly AlertingRuntime _alerting;

    public ReloadedChannelSetTests()
    {
        _host = new TestHost(add: services => services.AddSingleton<ILoggerProvider>(_logs).AddSingleton<IAlertChannel>(new ScriptedChannel("pager")));

        // No call of a channel is made: they would go out.
        _alerting = new AlertingRuntime(_host.Services, Setup(static _ => { }), Seams.Inline with { Store = new MemoryStateStore(), StartThread = static (_, _) => false });
        _alerting.Begin();
    }

    public void Dispose()
    {
        _alerting.Dispose();
        _host.Dispose();
        _logs.Dispose();
    }

    [Fact]
    public void A_channel_is_there_as_long_as_its_section_is_on()
    {
        Assert.Equal(["pager", "log"], Channels());

        Reload(channels => channels.Slack.WebhookUrl = "https://hooks.slack.com/services/T/B/X");
        Assert.Equal(["slack", "pager", "log"], Channels());

        Reload(channels =>
        {
            channels.Slack.WebhookUrl = "https://hooks.slack.com/services/T/B/X";
            channels.Slack.Enabled = false;
            channels.Email.FromEmail = "a@example.com";
            channels.Log.Enabled = false;
        });
        Assert.Equal(["email", "pager"], Channels());
    }

    [Fact]
    public void Webhooks_come_and_go_by_their_names()
    {
        Reload(channels => Add(channels, "ops", "night"));
        Assert.Equal(["ops", "night", "pager", "log"], Channels());

        Reload(channels => Add(channels, "night", "day"));

        Assert.Equal(["night", "day", "pager", "log"], Channels());
    }

    [Fact]
    public void A_channel_of_the_host_has_its_name_back_when_the_built_in_one_is_switched_off_and_is_warned_of_once()
    {
        for (int i = 0; i < 3; i++)
        {
            Reload(channels => Add(channels, "pager"));
            Assert.Equal(["pager", "log"], Channels());
        }

        Assert.Single(_logs.Of("ChannelLeftOut"));
        Reload(static _ => { });
        Assert.Equal(["pager", "log"], Channels());
    }

    [Fact]
    public void A_channel_that_is_named_and_not_there_is_warned_of_when_it_is_switched_off()
    {
        Reload(channels => Add(channels, "ops"), options => options.FallbackChannel = "ops");
        Assert.Empty(_logs.Of("ChannelUnknown"));

        Reload(static _ => { }, options => options.FallbackChannel = "ops");

        Assert.Contains("ops", Assert.Single(_logs.Of("ChannelUnknown")).Message, StringComparison.Ordinal);
    }

    private static void Add(AlertChannelOptions channels, params string[] names)
    {
        foreach (string name in names)
        {
            channels.Webhooks.Add(new WebhookChannelOptions { Name = name, Url = "https://alerts.example.com/hook" });
        }
    }

    private string[] Channels() => [.. _alerting.Health.Channels.Select(channel => channel.Name)];

    private void Reload(Action<AlertChannelOptions> change, Action<AlertOptions>? more = null)
    {
        _alerting.Reload(Setup(options =>
        {
            change(options.Channels);
            more?.Invoke(options);
        }));
        _alerting.Engine.Step();
    }

    private static AlertSetup Setup(Action<AlertOptions> change)
    {
        var options = new McpMonitoringOptions();
        change(options.Alerts);
        return new AlertSetup(options.Alerts, options.Thresholds, "orders-mcp", HasServiceLabel: true, "1.0", "mcp");
    }
}
