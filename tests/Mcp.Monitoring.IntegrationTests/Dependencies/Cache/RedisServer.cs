using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;
using StackExchange.Redis;

namespace Mcp.Monitoring.IntegrationTests.Dependencies.Cache;

/// <summary>A real Redis on the loopback address, which keeps nothing on disk, started once for all tests that ask for it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private ChildProcess? _process;
    private Task? _started;

    internal int Port { get; private set; }

    internal async Task StartAsync()
    {
        string program = Programs.RedisOrSkip();
        lock (_gate)
        {
            _started ??= StartAsync(program);
        }

        await _started;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private async Task StartAsync(string program)
    {
        Port = FreePort.Find();
        _process = ChildProcess.Start(program, "--bind", "127.0.0.1", "--port", $"{Port}", "--save", "", "--appendonly", "no", "--dir", Path.GetTempPath());
        Assert.True(await Eventually.GetAsync(AnswersAsync, static answers => answers, Limit), $"Redis does not answer. It said: {_process.Said}");
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{Port},connectTimeout=1000");
            return connection.IsConnected;
        }
        catch (RedisConnectionException)
        {
            return false;
        }
    }
}
