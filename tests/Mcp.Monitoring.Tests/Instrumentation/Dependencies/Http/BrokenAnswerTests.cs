using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Http;

/// <summary>Answers whose body breaks off after headers that were good.</summary>
public sealed class BrokenAnswerTests : IDisposable
{
    private readonly TestHost _host;
    private Func<Exception> _failure = static () => new HttpIOException(HttpRequestError.ResponseEnded);

    public BrokenAnswerTests() => _host = new TestHost(add: services =>
    {
        foreach (string client in (string[])["1c", "prices"])
        {
            services.AddHttpClient(client, made => made.BaseAddress = new Uri("http://host/"))
                .ConfigurePrimaryHttpMessageHandler(() => new ScriptedHandler((_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new BrokenStream(() => _failure())) })));
        }
    });

    public static TheoryData<string, string> Failures => new()
    {
        { "ended", "integration" },
        { "reset", "integration" },
        { "time limit", "timeout" },
    };

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_is_laid_to_the_only_dependency_that_was_read(string failure, string errorType)
    {
        _failure = () => failure switch
        {
            "ended" => new HttpIOException(HttpRequestError.ResponseEnded),
            "reset" => new IOException("Connection reset by peer."),
            _ => new TaskCanceledException("The time limit of the client.", new TimeoutException()),
        };

        await FailAsync(token => Client("1c").GetStringAsync(new Uri("orders/7", UriKind.Relative), token));

        Assert.Equal(1, Errors(errorType, "1c"));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("operation", "get_order")));
        Assert.Equal(1, _host.Sum("mcp_integration_call_duration_seconds_count", ("outcome", "success")));
    }

    [Fact]
    public async Task Stream_that_the_tool_reads_itself_is_as_well()
    {
        await FailAsync(async token =>
        {
            using HttpResponseMessage response = await Client("1c").GetAsync("orders/7", HttpCompletionOption.ResponseHeadersRead, token);
            await (await response.Content.ReadAsStreamAsync(token)).ReadExactlyAsync(new byte[10], token);
        });

        Assert.Equal(1, Errors("integration", "1c"));
    }

    [Fact]
    public async Task Of_two_dependencies_neither_is_named()
    {
        await FailAsync(async token =>
        {
            (await Client("prices").GetAsync("all", HttpCompletionOption.ResponseHeadersRead, token)).Dispose();
            await Client("1c").GetStringAsync(new Uri("orders/7", UriKind.Relative), token);
        });

        Assert.Equal(1, Errors("integration", "none"));
    }

    [Fact]
    public async Task Status_that_the_tool_does_not_like_is_no_broken_answer()
    {
        await FailAsync(async token =>
        {
            (await Client("1c").GetAsync("orders/7", HttpCompletionOption.ResponseHeadersRead, token)).Dispose();
            throw new HttpRequestException("Not found.", inner: null, System.Net.HttpStatusCode.NotFound);
        });

        Assert.Equal(1, Errors("integration", "none"));
    }

    [Fact]
    public async Task Next_operation_begins_without_an_answer()
    {
        await FailAsync(token => Client("1c").GetStringAsync(new Uri("orders/7", UriKind.Relative), token));
        await FailAsync(static _ => throw new HttpIOException(HttpRequestError.ResponseEnded));

        Assert.Equal(1, Errors("integration", "1c"));
        Assert.Equal(1, Errors("integration", "none"));
    }

    private HttpClient Client(string name) => _host.Services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    private async Task FailAsync(Func<CancellationToken, Task> work) => Assert.NotNull(await Record.ExceptionAsync(
        () => _host.Monitor.RunAsync(OperationType.Tools, "get_order", token => new ValueTask(work(token)), CancellationToken.None).AsTask()));

    private double Errors(string type, string dependency) =>
        _host.Sum("mcp_errors_total", ("error_type", type), ("operation", "get_order"), ("dependency", dependency));
}
