using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tests.Metrics.Exposition;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>What a real Alertmanager refuses, and what it takes.</summary>
public sealed class RefusedAlertTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly AlertClock _clock = new(TimeProvider.System);
    private readonly RecordedLogs _logs = new();
    private readonly AlertmanagerClient _client = new(() => new AlertmanagerOptions(), () => false);
    private Webhook _hook = null!;
    private AlertmanagerServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _hook = await Webhook.StartAsync();
        _server = await AlertmanagerServer.StartAsync(_hook.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _logs.Dispose();
        await _server.DisposeAsync();
        await _hook.DisposeAsync();
    }

    [Fact]
    public async Task One_bad_alert_of_a_hundred_costs_no_other()
    {
        PostedAlert[] good = [.. Enumerable.Range(0, 97).Select(number => Posted($"good{number}"))];
        PostedAlert bad = Posted("bad1");
        PostedAlert[] all =
        [
            .. good,
            bad with { Link = "no link" },
            bad with { Labels = new AlertLabels(bad.Labels.Append(new("bad-name", "2"))) },
            bad with { Labels = new AlertLabels(bad.Labels.Append(new("ends", "3"))), EndsAt = bad.StartsAt.AddHours(-1) },
        ];
        Assert.All(all[^3..], alert => Assert.NotNull(alert.Problem));

        Send(all);

        Assert.Equal(good.Select(alert => alert.Labels["operation"]).Order(StringComparer.Ordinal), await KnownAsync(97));
        Assert.Equal(3, _logs.Of("AlertmanagerRefuses").Count());
    }

    [Fact]
    public async Task Whatever_a_name_or_a_text_holds_is_taken()
    {
        var random = new Random(20_260_711);
        var alerts = new List<PostedAlert>();
        for (int i = 0; i < 500; i++)
        {
            ActiveAlert alert = Hostile(random, i);
            var posted = new PostedAlert(
                PostedLabels.Of(alert, Text(random), Text(random) + i), PostedAnnotations.Of(alert, Link(random)), _clock.UtcNow, _clock.UtcNow.AddMinutes(4), PostedLink.Of(Link(random)));
            Assert.Null(posted.Problem);
            alerts.Add(posted);
        }

        Send([.. alerts]);

        Assert.Empty(_logs.Entries.Select(entry => entry.Message));
        Assert.Equal(alerts.Select(alert => alert.Labels).Distinct().Count(), (await _server.AskAsync("alerts")).Length);
    }

    private static string Text(Random random) => HostileText.Next(random);

    private static string Link(Random random) => random.Next(3) switch
    {
        0 => Text(random),
        1 => "https://wiki.company.com/" + Text(random),
        _ => $"http://{Text(random)}.company.com/%zz?a=%",
    };

    private static ActiveAlert Hostile(Random random, int number)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = Text(random), ["number"] = $"{number}" };
        for (int i = 0; i < 5; i++)
        {
            labels[Text(random)] = Text(random);
        }

        return new ActiveAlert(Text(random) + "x", new AlertLabels(labels))
        {
            Severity = AlertSeverity.High,
            Description = new AlertDescription(Text(random), [Text(random), Text(random)], Link(random), Text(random)),
        };
    }

    private PostedAlert Posted(string operation) => new(
        new AlertLabels([new("alertname", "McpToolErrors"), new("operation", operation), new("instance", "pod-1")]),
        new Dictionary<string, string> { ["summary"] = "It fails" },
        _clock.UtcNow,
        _clock.UtcNow.AddMinutes(4));

    private void Send(PostedAlert[] alerts)
    {
        var registry = new MetricsRegistry(new MetricsOptions(), new MonitoringClock(TimeProvider.System));
        var host = new AlertmanagerHost
        {
            Options = () => new AlertmanagerOptions(),
            Client = _client,
            Clock = _clock,
            StartThread = static (_, run) =>
            {
                run();
                return true;
            },
            Metrics = new DeliveryMetrics(registry),
            Dropped = registry.Dropped.With("alerting", "alertmanager_queue"),
            Logger = _logs.CreateLogger("test"),
        };
        var member = new AlertmanagerMember(host, _server.Address);
        foreach (PostedAlert alert in alerts)
        {
            member.Enqueue(alert);
        }

        for (int i = 0; i < 200 && (i == 0 || member.HasEnded); i++)
        {
            member.Tick();
            member.Begin();
        }

        Assert.Null(member.LastError);
    }

    private async Task<string?[]> KnownAsync(int count)
    {
        var known = await Eventually.GetAsync(() => _server.AskAsync("alerts"), found => found.Length >= count, Limit);
        return [.. known.Select(alert => alert.GetProperty("labels").GetProperty("operation").GetString()).Order(StringComparer.Ordinal)];
    }
}
