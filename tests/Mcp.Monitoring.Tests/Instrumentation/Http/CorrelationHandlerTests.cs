using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

public class CorrelationHandlerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_of_a_client_that_asks_for_it_carries_the_id(bool isAsync)
    {
        var sent = new Sent();
        await using WebApp app = await StartAsync(sent, "own", isAsync);

        await app.SendAsync("/", shape: request => request.Headers[WebApp.Header] = "ticket-7");

        Assert.Equal(["ticket-7"], sent.Ids);
    }

    [Fact]
    public async Task Call_of_any_other_client_carries_none()
    {
        var sent = new Sent();
        await using WebApp app = await StartAsync(sent, "stranger", isAsync: true);

        await app.SendAsync("/", shape: request => request.Headers[WebApp.Header] = "ticket-7");

        Assert.Empty(sent.Ids);
    }

    [Fact]
    public async Task Id_that_the_call_has_already_stays()
    {
        var sent = new Sent();
        await using WebApp app = await StartAsync(sent, "own", isAsync: true, own: "mine");

        await app.SendAsync("/");

        Assert.Equal(["mine"], sent.Ids);
    }

    [Fact]
    public async Task Outside_a_request_there_is_no_id_to_send()
    {
        var sent = new Sent();
        await using WebApp app = await StartAsync(sent, "own", isAsync: true);

        using HttpResponseMessage response = await app.Services.GetRequiredService<IHttpClientFactory>().CreateClient("own")
            .GetAsync(new Uri("http://localhost/"), TestContext.Current.CancellationToken);

        Assert.Empty(sent.Ids);
    }

    [Fact]
    public void Without_monitoring_the_client_says_what_is_missing()
    {
        var services = new ServiceCollection();
        services.AddHttpClient("own").AddMcpCorrelation();
        using ServiceProvider provider = services.BuildServiceProvider();

        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<IHttpClientFactory>().CreateClient("own"));

        Assert.Contains("AddMcpMonitoring", thrown.Message, StringComparison.Ordinal);
    }

    private static Task<WebApp> StartAsync(Sent sent, string client, bool isAsync, string? own = null) => WebApp.StartAsync(
        app => app.MapGet("/", async (IHttpClientFactory factory, CancellationToken cancellationToken) =>
        {
            using HttpClient http = factory.CreateClient(client);
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/");
            if (own is not null)
            {
                request.Headers.Add(WebApp.Header, own);
            }

            using HttpResponseMessage response = isAsync ? await http.SendAsync(request, cancellationToken) : http.Send(request, cancellationToken);
            return "ok";
        }),
        services =>
        {
            services.AddHttpClient("own").AddMcpCorrelation().ConfigurePrimaryHttpMessageHandler(() => new Recorder(sent));
            services.AddHttpClient("stranger").ConfigurePrimaryHttpMessageHandler(() => new Recorder(sent));
        });

    private sealed class Sent
    {
        public List<string> Ids { get; } = [];
    }

    private sealed class Recorder(Sent sent) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.TryGetValues(WebApp.Header, out IEnumerable<string>? ids))
            {
                sent.Ids.AddRange(ids);
            }

            return new HttpResponseMessage();
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
