using Mcp.Monitoring.Alerting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>The night on which every thread of the pool is blocked is the night that alerts are for.</summary>
[Collection(nameof(Alone))]
public sealed class StarvedPoolTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public void Condition_leads_to_its_message_within_a_minute_while_no_thread_of_the_pool_is_free()
    {
        using var pager = new Pager();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IAlertChannel>(pager);
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Alerts.Storage.Path = ":memory:";
            options.Alerts.Evaluation.SampleInterval = TimeSpan.FromSeconds(1);
            options.Alerts.Evaluation.Interval = TimeSpan.FromSeconds(1);
            options.Alerts.Evaluation.WarmUp = TimeSpan.Zero;
            options.Alerts.Grouping.Wait = TimeSpan.Zero;
            options.Alerts.Rules.Add(new() { Name = "Imports_failing", Metric = "mcp_errors_total", Labels = ["operation=\"import\""], Threshold = 3, For = TimeSpan.Zero });
        });
        using IHost host = builder.Build();
        host.Start();
        using var blocked = new BlockedPool();

        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        for (int i = 0; i < 5; i++)
        {
            monitor.RecordError(ErrorType.Integration, "import");
        }

        Assert.True(pager.Rings(Longest));
        Assert.True(blocked.IsStarved, "A thread of the pool was free.");
    }

    private sealed class Pager : IAlertChannel, IDisposable
    {
        private readonly ManualResetEventSlim _rang = new();

        public string Name => "pager";

        public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken)
        {
            if (notification.Alerts.Any(alert => alert.Name == "Imports_failing"))
            {
                _rang.Set();
            }

            return DeliveryResult.Delivered();
        }

        public bool Rings(TimeSpan limit) => _rang.Wait(limit);

        public void Dispose() => _rang.Dispose();
    }
}
