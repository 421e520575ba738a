using System.Text.RegularExpressions;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.StatusPage.Api;

/// <summary>Every route under /monitoring, as it is mapped.</summary>
public sealed partial class StatusRoutesTests
{
    /// <summary>What a stranger may ask for where there is a token: the form to sign in, and what the link of a message answers.</summary>
    private static readonly string[] Open = ["/monitoring/sign-in", "/monitoring/sign-out", "/monitoring/acknowledge/{ticket}"];

    [Fact]
    public async Task Stranger_is_refused_on_every_route()
    {
        await using App app = await PageApp.ElsewhereAsync(enabled: true);
        var answers = new List<(string Route, int Status)>();
        foreach ((string method, string route) in RoutesOf(app))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Filled(route), UriKind.Relative));
            using HttpResponseMessage response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            answers.Add((route, (int)response.StatusCode));
        }

        Assert.True(answers.Count >= 25, "Not all routes are seen.");
        Assert.All(answers, answer => Assert.True(
            Open.Contains(answer.Route, StringComparer.Ordinal) || answer.Status is 401 or 403 || (answer.Route.StartsWith("/monitoring/artifacts", StringComparison.Ordinal) && answer.Status == 404),
            $"{answer.Route} answers {answer.Status}."));
    }

    [Fact]
    public async Task Outside_Development_nothing_is_there_until_it_is_enabled()
    {
        await using App app = await PageApp.ElsewhereAsync(enabled: null, token: null);
        foreach ((string method, string route) in RoutesOf(app))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Filled(route), UriKind.Relative));
            using HttpResponseMessage response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode == 404, $"{route} answers {response.StatusCode}.");
        }

        Assert.Single(app.Logs.Of("StatusPageClosed"));
    }

    [Fact]
    public async Task Bearer_of_the_token_reads_and_acts_without_more()
    {
        await using App app = await PageApp.ElsewhereAsync(enabled: true);
        app.Client.DefaultRequestHeaders.Authorization = new("Bearer", PageApp.Token);

        Assert.Equal(200, (await app.GetAsync("/monitoring/api/v1/status")).Status);
        (int status, var answer) = await app.ActAsync(HttpMethod.Post, "/monitoring/api/v1/incidents/1/acknowledge", withToken: false);
        Assert.Equal((404, "There is no such incident that is open. It may be over."), (status, answer["error"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Policy_of_the_host_lets_in_and_refuses()
    {
        await using App app = await App.StartAsync(
            options => options.StatusPage.Enabled = true,
            Nobody.AddTo,
            app => app.MapMcpMonitoring().StatusPage.RequireAuthorization(),
            "Production");

        Assert.Equal(401, (await app.GetAsync("/monitoring/")).Status);
        Assert.Equal(401, (await app.GetAsync("/monitoring/api/v1/status")).Status);
        Assert.Equal(200, (await app.GetAsync("/metrics")).Status);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("/base", "")]
    [InlineData("", "/group")]
    [InlineData("/base", "/group")]
    public async Task Page_works_below_any_path(string basePath, string group)
    {
        await using App app = await PageApp.LocalAsync(map: app =>
        {
            app.UsePathBase(basePath);
            app.UseRouting();
            if (group.Length == 0)
            {
                app.MapMcpMonitoring();
            }
            else
            {
                app.MapGroup(group).MapMcpMonitoring();
            }
        });
        string root = $"{basePath}{group}/monitoring";
        using HttpResponseMessage redirect = await app.Client.GetAsync(new Uri(root, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("monitoring/", redirect.Headers.Location!.ToString());

        (int status, string html) = await app.GetAsync($"{root}/");
        Assert.Equal(200, status);
        string[] files = [.. FileReference().Matches(html).Select(file => file.Value)];
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            Assert.Equal(200, (await app.GetAsync($"{root}/{file}")).Status);
        }

        Assert.Equal(404, (await app.GetAsync($"{root}/assets/page.js")).Status);
    }

    [Fact]
    public async Task Every_answer_has_the_headers_that_keep_a_browser_in_bounds()
    {
        await using App app = await PageApp.LocalAsync();
        foreach ((string method, string route) in RoutesOf(app).Where(route => route.Method == "GET" && !route.Route.Contains('{', StringComparison.Ordinal) && !route.Route.EndsWith("events", StringComparison.Ordinal)))
        {
            using HttpResponseMessage response = await app.Client.GetAsync(new Uri(route == "/monitoring" ? "/monitoring/" : route, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(response.Headers.CacheControl?.NoStore == true, $"{method} {route} may be kept.");
            Assert.True(response.Headers.Contains("X-Content-Type-Options") || (int)response.StatusCode is 303, $"{method} {route} may be sniffed.");
        }
    }

    [Fact]
    public async Task Operation_is_found_by_its_name_with_slashes()
    {
        await using App app = await PageApp.LocalAsync();
        using (OperationScope scope = app.Monitor.Begin(OperationType.Resources, "weather://stations/{id}"))
        {
            scope.End(OperationOutcome.Success);
        }

        Assert.Equal("weather://stations/{id}", (await app.JsonAsync("/monitoring/api/v1/operations/resources/weather%3A%2F%2Fstations%2F%7Bid%7D"))["operation"]!["name"]!.GetValue<string>());
        Assert.Equal(404, (await app.GetAsync("/monitoring/api/v1/operations/tools/none")).Status);
    }

    [Theory]
    [InlineData("ru,en;q=0.9", "Ошибок нет")]
    [InlineData("en-US,ru;q=0.9", "Nothing is wrong")]
    [InlineData("de, ru;q=0.1", "Ошибок нет")]
    [InlineData("", "Nothing is wrong")]
    [InlineData("not a; language=;;,", "Nothing is wrong")]
    public async Task Sentence_is_in_the_language_of_the_reader(string accepts, string sentence)
    {
        await using App app = await PageApp.LocalAsync();
        app.Client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", accepts);

        Assert.StartsWith(sentence, (await app.JsonAsync("/monitoring/api/v1/status"))["state"]!["sentence"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_alerts_calls_are_shown_all_the_same()
    {
        await using App app = await PageApp.LocalAsync(options => options.Alerts.Enabled = false);
        var status = await app.JsonAsync("/monitoring/api/v1/status");

        Assert.Contains(status["coverage"]!["not_monitored"]!.AsArray(), line => line!.GetValue<string>().Contains("alerts.enabled: true", StringComparison.Ordinal));
        Assert.Empty((await app.JsonAsync("/monitoring/api/v1/rules")).AsArray());
    }

    private static (string Method, string Route)[] RoutesOf(App app) =>
    [
        .. from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
           where route.StartsWith("/monitoring", StringComparison.Ordinal)
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["POST"]
           select (method, route),
    ];

    private static string Filled(string route) => Value().Replace(route, "1");

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Value();

    [GeneratedRegex("""assets/[a-z0-9.]+""", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex FileReference();
}
