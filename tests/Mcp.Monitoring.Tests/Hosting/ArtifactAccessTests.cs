using System.Net;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Metrics.Registry;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Hosting;

/// <summary>Who may read the generated files: whom the host lets in, and in Development this machine. To everybody else there is nothing.</summary>
public class ArtifactAccessTests
{
    private const string List = "/monitoring/artifacts", File = "/monitoring/artifacts/alerts/rules.yaml", Development = "Development", Loopback = "127.0.0.1";

    private static readonly Dictionary<string, Action<WebApplication>> Demands = new(StringComparer.Ordinal)
    {
        ["artifacts"] = app => app.MapMcpMonitoring().Artifacts.RequireAuthorization(Somebody.Policy),
        ["all"] = app => app.MapMcpMonitoring().RequireAuthorization(Somebody.Policy),
        ["group"] = app => app.MapGroup("").RequireAuthorization(Somebody.Policy).MapMcpMonitoring(),
        ["policy"] = app => app.MapMcpMonitoring().Artifacts.RequireAuthorization(policy => policy.RequireUserName(Somebody.Operator)),
        ["bare policy"] = app => app.MapMcpMonitoring().Artifacts.WithMetadata(new AuthorizationPolicyBuilder().RequireUserName(Somebody.Operator).Build()),
        ["twice mapped"] = app => { app.MapMcpMonitoring(); app.MapGroup("").MapMcpMonitoring().Artifacts.RequireAuthorization(Somebody.Policy); },
    };

    public static MatrixTheoryData<string, string> DemandsAndPaths => new(Demands.Keys, [List, File]);

    [Theory]
    [MemberData(nameof(DemandsAndPaths))]
    public async Task Whom_the_policy_lets_in_reads_and_nobody_else(string demand, string path)
    {
        await using App app = await StartAsync(Demands[demand]);

        Assert.Equal((401, ""), await AskAsync(app, path, user: null));
        Assert.Equal((403, ""), await AskAsync(app, path, "guest"));
        Assert.Equal(200, (await AskAsync(app, path, Somebody.Operator)).Status);
        Assert.Empty(app.Logs.Of("ArtifactsRefused"));
    }

    [Theory]
    [InlineData(List)]
    [InlineData(File)]
    public async Task Without_a_demand_there_is_nothing_and_one_warning_says_what_to_write(string path)
    {
        await using App app = await StartAsync(app => app.MapMcpMonitoring());
        Assert.Empty(app.Logs.Of("ArtifactsRefused"));

        Assert.Equal((404, ""), await AskAsync(app, path, user: null));
        Assert.Equal((404, ""), await AskAsync(app, path, Somebody.Operator));

        LogEntry warning = Assert.Single(app.Logs.Of("ArtifactsRefused"));
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains(path, warning.Message, StringComparison.Ordinal);
        Assert.Contains("app.MapMcpMonitoring().Artifacts.RequireAuthorization(", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demand_that_is_taken_back_is_none()
    {
        await using App app = await StartAsync(app => app.MapMcpMonitoring().Artifacts.RequireAuthorization(Somebody.Policy).AllowAnonymous());

        Assert.Equal((404, ""), await AskAsync(app, List, Somebody.Operator));
    }

    [Fact]
    public async Task Policy_for_all_the_rest_lets_nobody_read()
    {
        await using App app = await StartAsync(
            app => app.MapMcpMonitoring(), services: services => services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));

        Assert.Equal((401, ""), await AskAsync(app, List, user: null));
        Assert.Equal((404, ""), await AskAsync(app, List, "guest"));
    }

    [Fact]
    public async Task Demand_that_no_middleware_has_judged_lets_nobody_read()
    {
        await using App app = await App.StartAsync(
            services: services =>
            {
                services.Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata = true);
                AddFiles(services);
            },
            map: app => app.MapMcpMonitoring().Artifacts.RequireAuthorization());

        Assert.Equal((404, ""), await AskAsync(app, List, Somebody.Operator));
        Assert.Single(app.Logs.Of("ArtifactsRefused"));
    }

    [Theory]
    [InlineData(Loopback, 200)]
    [InlineData("127.1.2.3", 200)]
    [InlineData("::1", 200)]
    [InlineData("::ffff:127.0.0.1", 200)]
    [InlineData("10.0.0.1", 404)]
    [InlineData("192.168.1.7", 404)]
    [InlineData("::ffff:10.0.0.1", 404)]
    [InlineData("fe80::1", 404)]
    [InlineData("0.0.0.0", 404)]
    [InlineData(null, 404)]
    public async Task In_development_only_this_machine_reads(string? address, int status)
    {
        await using App app = await StartAsync(app => MapFrom(app, address), Development);

        Assert.Equal(status, (await AskAsync(app, List, user: null)).Status);
        Assert.Equal(status, (await AskAsync(app, File, user: null)).Status);
    }

    [Theory]
    [InlineData("Forwarded", "for=203.0.113.5")]
    [InlineData("forwarded", "by=_proxy")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-host", "mcp.company.com")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Prefix", "/mcp")]
    [InlineData("X-Original-For", "203.0.113.5:1234")]
    [InlineData("X-Real-IP", "203.0.113.5")]
    public async Task In_development_what_a_proxy_passes_on_is_not_of_this_machine(string header, string value)
    {
        await using App app = await StartAsync(app => MapFrom(app, Loopback), Development);
        app.Client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        Assert.Equal((404, ""), await AskAsync(app, List, user: null));
    }

    [Theory]
    [InlineData(Development, 200)]
    [InlineData("development", 200)]
    [InlineData("Production", 404)]
    [InlineData("Staging", 404)]
    [InlineData(null, 404)]
    public async Task This_machine_reads_in_development_only(string? environment, int status)
    {
        await using App app = await StartAsync(app => MapFrom(app, Loopback), environment);

        Assert.Equal(status, (await AskAsync(app, List, user: null)).Status);
    }

    [Fact]
    public async Task In_development_a_policy_holds_for_this_machine_too()
    {
        await using App app = await StartAsync(app => MapFrom(app, Loopback).Artifacts.RequireAuthorization(Somebody.Policy), Development);

        Assert.Equal((401, ""), await AskAsync(app, List, user: null));
        Assert.Equal(200, (await AskAsync(app, List, Somebody.Operator)).Status);
    }

    private static Task<App> StartAsync(Action<WebApplication> map, string? environment = null, Action<IServiceCollection>? services = null) => App.StartAsync(
        services: all =>
        {
            Somebody.AddTo(all);
            services?.Invoke(all);
            AddFiles(all);
        },
        map: map,
        environment: environment);

    private static void AddFiles(IServiceCollection services)
    {
        services.AddMcpMonitoring();
        services.AddSingleton(provider => new ArtifactSource(
            provider.GetRequiredService<SettingsSource>(), provider.GetRequiredService<MetricsRegistry>(), _ => [new Artifact("alerts/rules.yaml", "groups: []\n")]));
    }

    private static McpMonitoringEndpoints MapFrom(WebApplication app, string? address)
    {
        app.Use((http, next) =>
        {
            http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
            return next(http);
        });
        return app.MapMcpMonitoring();
    }

    private static async Task<(int Status, string Body)> AskAsync(App app, string path, string? user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", user);
        using HttpResponseMessage response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
