using Mcp.Monitoring.Alerting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>A server whose thread pool has no thread left when a critical alert is to be told to Slack.</summary>
internal static class StarvedSlack
{
    private const int Blocked = 5_000;

    public static void Run(string address, string token)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Alerts.Storage.Path = ":memory:";
            options.Alerts.Channels.Slack.BotToken = token;
            options.Alerts.Channels.Slack.Channel = "#oncall";
            options.Alerts.Channels.Slack.BaseUrl = address;
        });
        using IHost host = builder.Build();
        host.Start();
        using var released = new ManualResetEvent(initialState: false);
        for (int i = 0; i < Blocked; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static released => ((ManualResetEvent)released!).WaitOne(), released);
        }

        Console.WriteLine("starved");
        Console.ReadLine();
        ValueTask raised = host.Services.GetRequiredService<IAlertManager>().RaiseErrorAsync(ErrorType.Integration, "get_order");
        Console.ReadLine();
        Console.WriteLine(raised.IsCompletedSuccessfully && ThreadPool.PendingWorkItemCount > Blocked / 2 ? "still starved" : "not starved");
        Environment.Exit(0);
    }
}
