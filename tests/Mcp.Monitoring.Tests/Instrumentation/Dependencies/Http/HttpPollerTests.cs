using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Http;

/// <summary>A dependency that is asked from time to time, in virtual time.</summary>
public sealed class HttpPollerTests : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _asked = new(0);
    private readonly List<string> _paths = [];
    private readonly TestHost _host;
    private readonly IHostedLifecycleService _probe;
    private Func<CancellationToken, Task<HttpResponseMessage>> _answer = static _ => Task.FromResult(new HttpResponseMessage());

    public HttpPollerTests()
    {
        _host = new TestHost(add: services => services.AddHttpClient("1c", client => client.BaseAddress = new Uri("http://1c/base/"))
            .ConfigurePrimaryHttpMessageHandler(() => new ScriptedHandler((request, token) =>
            {
                _paths.Add(request.RequestUri!.AbsolutePath);
                Task<HttpResponseMessage> answer = _answer(token);
                _asked.Release();
                return answer;
            }))
            .AddMcpMonitoring("1c", options => options.Probe = "hs/ping"));
        _probe = _host.Services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single(service => service.GetType().Name == "HttpPoller");
    }

    private double Up => _host.Sample("mcp_dependency_up", ("dependency", "1c"));

    public async ValueTask DisposeAsync()
    {
        await _probe.StopAsync(CancellationToken.None);
        _host.Dispose();
        _asked.Dispose();
    }

    [Fact]
    public async Task It_is_asked_at_once_and_every_30_seconds_and_the_answer_says_whether_it_is_up()
    {
        await _probe.StartedAsync(TestContext.Current.CancellationToken);
        await AskedAsync("success", 1);
        Assert.Equal(1, Up);

        _answer = static _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        _host.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Single(_paths);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await AskedAsync("error", 1);
        Assert.Equal(0, Up);

        _answer = static _ => Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError, "refused"));
        _host.Clock.Advance(TimeSpan.FromSeconds(30));
        await AskedAsync("error", 2);

        _answer = static _ => Task.FromResult(new HttpResponseMessage());
        _host.Clock.Advance(TimeSpan.FromSeconds(30));
        await AskedAsync("success", 2);
        Assert.Equal(1, Up);
        Assert.All(_paths, path => Assert.Equal("/base/hs/ping", path));
    }

    [Fact]
    public async Task It_is_not_asked_before_the_server_listens()
    {
        await _probe.StartingAsync(TestContext.Current.CancellationToken);
        await _probe.StartAsync(TestContext.Current.CancellationToken);

        Assert.Null(Assert.IsType<BackgroundService>(_probe, exactMatch: false).ExecuteTask);
        Assert.Empty(_paths);
    }

    [Fact]
    public async Task Answer_that_does_not_come_is_a_timeout_after_10_seconds()
    {
        _answer = static async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return new HttpResponseMessage();
        };
        await _probe.StartedAsync(TestContext.Current.CancellationToken);
        Assert.True(await _asked.WaitAsync(Longest, TestContext.Current.CancellationToken));

        _host.Clock.Advance(TimeSpan.FromSeconds(10));

        await CountedAsync("timeout", 1);
        Assert.Equal(0, Up);
    }

    private async Task AskedAsync(string outcome, int times)
    {
        Assert.True(await _asked.WaitAsync(Longest, TestContext.Current.CancellationToken));
        await CountedAsync(outcome, times);
    }

    private async Task CountedAsync(string outcome, int times)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (_host.Sample("mcp_integration_call_duration_seconds_count", ("dependency", "1c"), ("call", "probe"), ("outcome", outcome)) != times)
        {
            await Task.Yield();
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
