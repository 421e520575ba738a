using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;
using Mcp.Monitoring.Tests.Alerting;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>The heartbeat of a real host, over a socket. Nothing else runs meanwhile: one test blocks the pool.</summary>
[CollectionDefinition(nameof(HeartbeatTests), DisableParallelization = true)]
[Collection(nameof(HeartbeatTests))]
public sealed class HeartbeatTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RecordedLogs _logs = new();
    private readonly SemaphoreSlim _asked = new(0);
    private string _request = "";

    public void Dispose()
    {
        _logs.Dispose();
        _asked.Dispose();
    }

    [Fact]
    public void The_address_is_called_once_rules_are_evaluated()
    {
        using TinyServer server = Answering("200 OK");
        using IHost host = Start(server);

        Assert.True(_asked.Wait(Patience, TestContext.Current.CancellationToken));

        Assert.StartsWith("GET /path-of-the-token?query=secret HTTP/1.1\r\n", _request, StringComparison.Ordinal);
        Assert.Contains("User-Agent: Mcp.Monitoring/", _request, StringComparison.Ordinal);
        Assert.Empty(_logs.Of("HeartbeatFailed"));
    }

    [Fact]
    public void It_gets_out_while_no_thread_of_the_pool_is_free()
    {
        using TinyServer server = Answering("200 OK");
        using IHost host = Start(server);
        using var blocked = new BlockedPool();

        Assert.True(_asked.Wait(Patience, TestContext.Current.CancellationToken));

        Assert.True(blocked.IsStarved, "A thread of the pool was free.");
    }

    [Fact]
    public void A_refusal_is_told_by_the_log_without_the_secret()
    {
        using TinyServer server = Answering("404 Not Found");
        using IHost host = Start(server);
        Assert.True(_asked.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.True(SpinWait.SpinUntil(() => _logs.Of("HeartbeatFailed").Any(), Patience));

        Assert.Contains("127.0.0.1 answered 404", _logs.Of("HeartbeatFailed").First().Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_logs.Entries, entry => entry.Message.Contains("path-of-the-token", StringComparison.Ordinal));
    }

    private TinyServer Answering(string status) => TinyServer.Answering($"HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\nok", request =>
    {
        _request = request;
        _asked.Release();
    });

    private IHost Start(TinyServer server)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<ILoggerProvider>(_logs);
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Alerts.Storage.Path = ":memory:";
            options.Alerts.Evaluation.SampleInterval = TimeSpan.FromSeconds(1);
            options.Alerts.Evaluation.Interval = TimeSpan.FromSeconds(1);
            options.Alerts.HeartbeatUrl = server.Address.AbsoluteUri;
        });
        IHost host = builder.Build();
        host.Start();
        return host;
    }
}
