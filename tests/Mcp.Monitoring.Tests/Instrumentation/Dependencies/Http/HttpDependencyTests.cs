using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Http;

/// <summary>Named HTTP clients, whose network is a script.</summary>
public sealed class HttpDependencyTests
{
    private HttpStatusCode _status = HttpStatusCode.OK;
    private Exception? _failure;
    private HttpRequestMessage? _sent;

    public static TheoryData<HttpStatusCode, string, string> Statuses => new()
    {
        { HttpStatusCode.OK, "success", "" },
        { HttpStatusCode.NoContent, "success", "" },
        { HttpStatusCode.NotModified, "success", "" },
        { HttpStatusCode.BadRequest, "success", "" },
        { HttpStatusCode.Unauthorized, "error", "auth" },
        { HttpStatusCode.Forbidden, "error", "auth" },
        { HttpStatusCode.NotFound, "success", "" },
        { HttpStatusCode.ProxyAuthenticationRequired, "error", "auth" },
        { HttpStatusCode.RequestTimeout, "timeout", "timeout" },
        { HttpStatusCode.TooManyRequests, "error", "integration" },
        { HttpStatusCode.InternalServerError, "error", "integration" },
        { HttpStatusCode.ServiceUnavailable, "error", "integration" },
        { HttpStatusCode.GatewayTimeout, "timeout", "timeout" },
    };

    public static TheoryData<HttpRequestError, double> Connections => new()
    {
        { HttpRequestError.NameResolutionError, 1 },
        { HttpRequestError.ConnectionError, 1 },
        { HttpRequestError.SecureConnectionError, 1 },
        { HttpRequestError.ProxyTunnelError, 1 },
        { HttpRequestError.ResponseEnded, double.NaN },
        { HttpRequestError.Unknown, double.NaN },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Answer_is_judged_by_its_status(HttpStatusCode status, string outcome, string errorType)
    {
        using TestHost host = Host(services => Client(services).AddMcpMonitoring("1c"));
        _status = status;

        Exception? thrown = await Record.ExceptionAsync(() => host.Monitor.RunAsync(OperationType.Tools, "get_order", async token =>
        {
            using HttpResponseMessage response = await Create(host).GetAsync("orders/7", token);
            response.EnsureSuccessStatusCode();
        }, CancellationToken.None).AsTask());

        Assert.Equal(1, Calls(host, "1c", "GET", outcome));
        Assert.Equal(1, host.Sum("mcp_integration_call_duration_seconds_count"));
        if (errorType.Length > 0)
        {
            Assert.IsType<HttpRequestException>(thrown);
            Assert.Equal(1, host.Sum("mcp_errors_total", ("error_type", errorType), ("operation", "get_order"), ("dependency", "1c")));
        }

        Assert.Equal(1, host.Sample("mcp_integration_connections_total", ("dependency", "1c"), ("outcome", "success")));
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task Connection_that_cannot_be_made_is_told_from_one_that_breaks(HttpRequestError error, double failed)
    {
        using TestHost host = Host(services => Client(services).AddMcpMonitoring("1c"));
        _failure = new HttpRequestException(error, "no");

        Exception thrown = await Assert.ThrowsAsync<HttpRequestException>(() => Create(host).GetAsync("orders/7", TestContext.Current.CancellationToken));

        Assert.Same(_failure, thrown);
        Assert.Equal(1, Calls(host, "1c", "GET", "error"));
        Assert.Equal(failed, host.Sample("mcp_integration_connections_total", ("dependency", "1c"), ("outcome", "error")));
        Assert.Equal(0, host.Sample("mcp_dependency_up", ("dependency", "1c")));
    }

    [Fact]
    public async Task Time_limit_of_the_client_is_a_timeout_of_the_dependency()
    {
        using TestHost host = Host(services => services.AddHttpClient("1c", client =>
        {
            client.BaseAddress = new Uri("http://1c/");
            client.Timeout = TimeSpan.FromMilliseconds(20);
        }).ConfigurePrimaryHttpMessageHandler(() => new ScriptedHandler(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return new HttpResponseMessage();
        })).AddMcpMonitoring("1c"));

        await Assert.ThrowsAsync<TaskCanceledException>(() => host.Monitor.RunAsync(
            OperationType.Tools, "get_order", async token => (await Create(host).GetAsync("orders/7", token)).Dispose(), CancellationToken.None).AsTask());

        Assert.Equal(1, Calls(host, "1c", "GET", "timeout"));
        Assert.Equal(1, host.Sum("mcp_errors_total", ("error_type", "timeout"), ("operation", "get_order"), ("dependency", "1c")));
    }

    [Fact]
    public async Task Named_client_is_watched_under_its_name_without_a_line()
    {
        using TestHost host = Host(services => Client(services, "prices"));

        (await Create(host, "prices").GetAsync("items", TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal(1, Calls(host, "prices", "GET", "success"));
        Assert.False(_sent!.Headers.Contains("X-Correlation-ID"));
    }

    [Theory]
    [InlineData(true, "prices")]
    [InlineData(false, "")]
    public async Task Client_can_be_left_out(bool others, string excluded)
    {
        using TestHost host = Host(
            services => Client(services, "prices"),
            options =>
            {
                options.Dependencies.HttpClients = others;
                options.Dependencies.ExcludedHttpClients = excluded.Length > 0 ? [excluded] : [];
            });

        (await Create(host, "prices").GetAsync("items", TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal(0, host.Sum("mcp_integration_call_duration_seconds_count"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("OtlpTraceExporter")]
    [InlineData("ZipkinExporter")]
    public async Task Client_without_a_name_and_exporters_are_no_dependencies(string name)
    {
        using TestHost host = Host(services => Client(services, name));

        (await Create(host, name).GetAsync("items", TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal(0, host.Sum("mcp_integration_call_duration_seconds_count"));
    }

    [Fact]
    public async Task Registered_client_is_measured_once_even_where_all_others_are_left_out()
    {
        using TestHost host = Host(
            services =>
            {
                Client(services).AddMcpMonitoring("first").AddMcpMonitoring("1c-orders");
            },
            options => options.Dependencies.HttpClients = false);

        (await Create(host).GetAsync("orders/7", TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal(1, Calls(host, "1c-orders", "GET", "success"));
        Assert.Equal(1, host.Sum("mcp_integration_call_duration_seconds_count"));
    }

    [Theory]
    [InlineData("GET", "hs/orders/7", "GET /hs/orders/{id}")]
    [InlineData("post", "hs/orders/7", "POST /hs/orders/{id}")]
    [InlineData("GET", "odata/standard.odata/Catalog_Items(guid'1')", "GET /odata/standard.odata/{**rest}")]
    [InlineData("GET", "secret/token/abc", "GET")]
    [InlineData("INVENTED", "hs/orders/7", "_other")]
    public async Task Call_is_named_by_its_template_and_never_by_its_path(string method, string path, string call)
    {
        using TestHost host = Host(services => Client(services).AddMcpMonitoring("1c", options =>
        {
            options.Paths.Add("/hs/orders/{id}");
            options.Paths.Add("/odata/standard.odata/{**rest}");
        }));

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        (await Create(host).SendAsync(request, TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal(1, Calls(host, "1c", call, "success"));
        Assert.DoesNotContain("abc", host.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delegates_name_and_judge_calls_and_one_that_throws_harms_nothing()
    {
        bool isBroken = false;
        using TestHost host = Host(services => Client(services).AddMcpMonitoring("1c", options =>
        {
            options.CallName = request => isBroken ? throw new InvalidOperationException("name") : "orders";
            options.Failure = response => isBroken ? throw new InvalidOperationException("judge") : ErrorType.Timeout;
        }));

        (await Create(host).GetAsync("orders/7", TestContext.Current.CancellationToken)).Dispose();
        isBroken = true;
        (await Create(host).GetAsync("orders/7", TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal(1, Calls(host, "1c", "orders", "timeout"));
        Assert.Equal(1, Calls(host, "1c", "GET", "success"));
    }

    [Fact]
    public void Synchronous_call_is_measured_as_well()
    {
        using TestHost host = Host(services => Client(services).AddMcpMonitoring("1c"));
        _status = HttpStatusCode.InternalServerError;

        using var request = new HttpRequestMessage(HttpMethod.Get, "orders/7");
        Create(host).Send(request, TestContext.Current.CancellationToken).Dispose();

        Assert.Equal(1, Calls(host, "1c", "GET", "error"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Correlation_id_goes_along_unless_it_is_not_to(bool sends)
    {
        using TestHost host = Host(services => Client(services).AddMcpMonitoring("1c", options => options.SendCorrelationId = sends));
        string? id = null;

        await host.Monitor.RunAsync(OperationType.Tools, "get_order", async token =>
        {
            id = host.Monitor.CorrelationId;
            (await Create(host).GetAsync("orders/7", token)).Dispose();
        }, CancellationToken.None);

        Assert.Equal(sends ? [id!] : [], _sent!.Headers.TryGetValues("X-Correlation-ID", out IEnumerable<string>? sent) ? sent : []);
    }

    [Fact]
    public void Options_out_of_range_are_refused_with_the_name_of_the_dependency()
    {
        var services = new ServiceCollection();

        Assert.Contains("'1c'", Assert.Throws<ArgumentException>(() => Client(services).AddMcpMonitoring("1c", o => o.ProbeEvery = TimeSpan.Zero)).Message, StringComparison.Ordinal);
        Assert.Contains("'1c'", Assert.Throws<ArgumentException>(() => Client(services).AddMcpMonitoring("1c", o => o.ProbeTimeout = TimeSpan.Zero)).Message, StringComparison.Ordinal);
        Assert.Contains("'hs'", Assert.Throws<FormatException>(() => Client(services).AddMcpMonitoring("1c", o => o.Paths.Add("hs"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Client(services).AddMcpMonitoring(" "));
    }

    private static double Calls(TestHost host, string dependency, string call, string outcome) =>
        host.Sample("mcp_integration_call_duration_seconds_count", ("dependency", dependency), ("call", call), ("outcome", outcome));

    private static HttpClient Create(TestHost host, string name = "1c") => host.Services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    private static TestHost Host(Action<IServiceCollection> add, Action<McpMonitoringOptions>? configure = null) => new(configure, add);

    private IHttpClientBuilder Client(IServiceCollection services, string name = "1c") =>
        services.AddHttpClient(name, client => client.BaseAddress = new Uri("http://1c/")).ConfigurePrimaryHttpMessageHandler(() => new ScriptedHandler((request, _) =>
        {
            _sent = request;
            return _failure is null ? Task.FromResult(new HttpResponseMessage(_status)) : Task.FromException<HttpResponseMessage>(_failure);
        }));
}
