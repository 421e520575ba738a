using Mcp.Monitoring.Alerting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>A server whose thread pool has no thread left when a critical alert is to go to the members of an Alertmanager.</summary>
internal static class StarvedForward
{
    private const int Blocked = 5_000;

    /// <param name="members">The addresses of the members.</param>
    public static void Run(string[] members)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Alerts.Mode = AlertMode.Forward;
            options.Alerts.Storage.Path = ":memory:";
            options.Alerts.Alertmanager.Urls = members;
        });
        using IHost host = builder.Build();
        host.Start();
        using var released = new ManualResetEvent(initialState: false);
        for (int i = 0; i < Blocked; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static released => ((ManualResetEvent)released!).WaitOne(), released);
        }

        Console.WriteLine("starved");
        string operation = Console.ReadLine()!;
        _ = host.Services.GetRequiredService<IAlertManager>().RaiseErrorAsync(ErrorType.Integration, operation);
        Console.ReadLine();
        Console.WriteLine(ThreadPool.PendingWorkItemCount > Blocked / 2 ? "still starved" : "not starved");
        Environment.Exit(0);
    }
}
