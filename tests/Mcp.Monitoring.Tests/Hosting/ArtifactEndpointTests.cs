using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Metrics.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Hosting;

/// <summary>What <c>/monitoring/artifacts</c> answers to whom it answers.</summary>
public class ArtifactEndpointTests
{
    private const string List = "/monitoring/artifacts";

    private static readonly Artifact[] Files =
    [
        new("alerts/RUNBOOKS.md", "# Инструкции\n"),
        new("alerts/alertmanager.example.yml", "route: {}\n"),
        new("alerts/rules.yaml", "groups: []\n"),
        new("dashboards/overview.json", "{}\n"),
    ];

    [Theory]
    [InlineData("alerts/RUNBOOKS.md", "text/markdown; charset=utf-8")]
    [InlineData("alerts/alertmanager.example.yml", "application/yaml")]
    [InlineData("alerts/rules.yaml", "application/yaml")]
    [InlineData("dashboards/overview.json", "application/json")]
    public async Task File_has_its_text_and_its_type(string path, string type)
    {
        await using App app = await StartAsync();
        using HttpResponseMessage answer = await AskAsync(app, $"{List}/{path}");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(Files.Single(file => file.Path == path).Text, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData(List)]
    [InlineData(List + "/alerts/RUNBOOKS.md")]
    public async Task Head_says_how_long_the_answer_would_be_and_sends_nothing(string path)
    {
        await using App app = await StartAsync();
        using HttpResponseMessage got = await AskAsync(app, path);
        byte[] body = await got.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using HttpResponseMessage head = await AskAsync(app, path, method: HttpMethod.Head);

        Assert.Equal(200, (int)head.StatusCode);
        Assert.Equal(body.Length, head.Content.Headers.ContentLength);
        Assert.Equal(got.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("*/*", false)]
    [InlineData("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", false)]
    [InlineData("text/plain", false)]
    [InlineData("text/plain, application/json", false)]
    [InlineData("application/json;q=0.5, text/*", false)]
    [InlineData("application/json;q=0", false)]
    [InlineData("nonsense", false)]
    [InlineData("application/json", true)]
    [InlineData("application/json, */*;q=0.1", true)]
    [InlineData("application/json, text/plain;q=0.9", true)]
    [InlineData("application/*, text/plain;q=0.2", true)]
    [InlineData("*/*, text/plain;q=0.2", true)]
    public async Task List_is_a_path_a_line_or_an_array_for_who_prefers_it(string? accept, bool isJson)
    {
        await using App app = await StartAsync();
        using HttpResponseMessage answer = await AskAsync(app, List, accept);
        string body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(isJson ? "application/json" : "text/plain; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            isJson
                ? """["alerts/RUNBOOKS.md","alerts/alertmanager.example.yml","alerts/rules.yaml","dashboards/overview.json"]"""
                : "alerts/RUNBOOKS.md\nalerts/alertmanager.example.yml\nalerts/rules.yaml\ndashboards/overview.json\n",
            body);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Every_path_of_the_list_is_that_of_a_file()
    {
        await using App app = await StartAsync();

        foreach (string path in (await app.GetAsync(List)).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Equal(200, (await app.GetAsync($"{List}/{path}")).Status);
        }
    }

    [Theory]
    [InlineData("alerts")]
    [InlineData("alerts/")]
    [InlineData("alerts/rules.yaml/")]
    [InlineData("alerts/Rules.yaml")]
    [InlineData("alerts//rules.yaml")]
    [InlineData("/alerts/rules.yaml")]
    [InlineData("alerts/../alerts/rules.yml")]
    [InlineData("../../metrics2")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("alerts%2frules.yaml")]
    [InlineData("alerts%5crules.yaml")]
    [InlineData("etc/passwd")]
    [InlineData("rules.yaml")]
    public async Task Path_that_is_not_in_the_list_is_not_found(string path)
    {
        await using App app = await StartAsync();

        Assert.Equal((404, ""), await app.GetAsync($"{List}/{path}"));
    }

    [Theory]
    [InlineData("/ops" + List)]
    [InlineData("/ops" + List + "/alerts/rules.yaml")]
    public async Task Group_gives_its_prefix(string path)
    {
        await using App app = await StartAsync(app => app.MapGroup("/ops").MapMcpMonitoring().Artifacts.RequireAuthorization());

        Assert.Equal(200, (await app.GetAsync(path)).Status);
        Assert.Equal(404, (await app.GetAsync(List)).Status);
    }

    [Theory]
    [InlineData("/base" + List)]
    [InlineData("/base" + List + "/alerts/rules.yaml")]
    [InlineData(List)]
    public async Task Base_path_is_taken_off(string path)
    {
        await using App app = await StartAsync(app =>
        {
            app.UsePathBase("/base");
            app.UseRouting();
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapMcpMonitoring().Artifacts.RequireAuthorization();
        });

        Assert.Equal(200, (await app.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Requests_are_nobody_s_traffic()
    {
        await using App app = await StartAsync();
        await app.GetAsync(List);

        // What ASP.NET Core counts of its routing is not traffic.
        Assert.DoesNotContain((await app.GetAsync("/metrics")).Body.Split('\n'), line => line.Contains(List, StringComparison.Ordinal) && !line.StartsWith("aspnetcore_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Port_of_metrics_has_none()
    {
        int port = FreePort.Find();
        await using App app = await StartAsync(configure: options => (options.Prometheus.Port, options.Prometheus.BindAddress) = (port, "127.0.0.1"));
        using var client = new HttpClient();

        using HttpResponseMessage onPort = await client.GetAsync(new Uri($"http://127.0.0.1:{port}{List}"), TestContext.Current.CancellationToken);

        Assert.Equal(404, (int)onPort.StatusCode);
        Assert.Equal(200, (await app.GetAsync(List)).Status);
    }

    private static async Task<App> StartAsync(Action<WebApplication>? map = null, Action<McpMonitoringOptions>? configure = null)
    {
        App app = await App.StartAsync(
            configure,
            services =>
            {
                Somebody.AddTo(services);
                services.AddMcpMonitoring();
                services.AddSingleton(provider => new ArtifactSource(provider.GetRequiredService<SettingsSource>(), provider.GetRequiredService<MetricsRegistry>(), _ => Files));
            },
            map ?? (app => app.MapMcpMonitoring().Artifacts.RequireAuthorization()));
        app.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", Somebody.Operator);
        return app;
    }

    private static async Task<HttpResponseMessage> AskAsync(App app, string path, string? accept = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
