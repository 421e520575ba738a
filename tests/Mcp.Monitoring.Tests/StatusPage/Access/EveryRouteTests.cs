using System.Net;
using System.Text.RegularExpressions;
using Mcp.Monitoring.StatusPage.Assets;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tests.StatusPage.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.StatusPage.Access;

/// <summary>Every endpoint under /monitoring that a server with everything switched on has, as a stranger elsewhere sees it.</summary>
public sealed partial class EveryRouteTests
{
    private const string Form = "text/html,application/xhtml+xml";

    /// <summary>What answers whoever may sign in or has a message; the files of rules, which have a policy of their own, are not there for others.</summary>
    private static readonly Dictionary<string, int> Otherwise = new(StringComparer.Ordinal)
    {
        ["GET /monitoring/sign-in"] = 200,
        ["HEAD /monitoring/sign-in"] = 200,
        ["POST /monitoring/sign-in"] = 400,
        ["POST /monitoring/sign-out"] = 303,
        ["GET /monitoring/acknowledge/{ticket}"] = 404,
        ["HEAD /monitoring/acknowledge/{ticket}"] = 404,
        ["POST /monitoring/acknowledge/{ticket}"] = 404,
        ["GET /monitoring/artifacts"] = 404,
        ["HEAD /monitoring/artifacts"] = 404,
        ["GET /monitoring/artifacts/{**path}"] = 404,
        ["HEAD /monitoring/artifacts/{**path}"] = 404,
    };

    [Fact]
    public async Task Stranger_elsewhere_is_refused_on_every_endpoint_that_is_mapped()
    {
        await using App app = await StartAsync();
        string[] mapped = [.. Mapped(app)];
        Assert.Superset(Otherwise.Keys.ToHashSet(StringComparer.Ordinal), mapped.ToHashSet(StringComparer.Ordinal));
        Assert.All((string[])["POST /monitoring/mcp", "GET /monitoring/mcp", "DELETE /monitoring/mcp", "GET /monitoring/api/v1/events", "GET /monitoring/assets/{file}"], route => Assert.Contains(route, mapped));

        var answers = new List<string>();
        foreach (string route in mapped)
        {
            string[] parts = route.Split(' ');
            int status = await AskAsync(app, parts[0], Value().Replace(parts[1], "1"), "application/json");
            if (Otherwise.TryGetValue(route, out int expected) ? status != expected : status is not (401 or 403))
            {
                answers.Add($"{route} answers {status}");
            }
        }

        Assert.Empty(answers);
    }

    [Fact]
    public async Task Browser_of_a_stranger_is_sent_from_the_page_to_the_form_and_is_shown_no_more_than_what_the_form_needs()
    {
        await using App app = await StartAsync();

        Assert.Equal(302, await AskAsync(app, "GET", "/monitoring/", Form));
        foreach ((string name, PageAsset file) in app.Services.GetRequiredService<PageAssets>().Files)
        {
            Assert.Equal(file.IsPublic ? 200 : 401, await AskAsync(app, "GET", $"/monitoring/assets/{name}", Form));
        }
    }

    private static Task<App> StartAsync() => App.StartAsync(
        options =>
        {
            options.Alerts.Storage.Path = ":memory:";
            options.StatusPage.Enabled = true;
            options.StatusPage.Token = PageApp.Token;
            options.OperationsTools.Enabled = true;
        },
        map: app =>
        {
            app.Use((http, next) =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.7");
                return next(http);
            });
            app.MapMcpMonitoring();
        },
        environment: "Production");

    // An endpoint that names no method takes them all.
    private static IEnumerable<string> Mapped(App app) =>
        from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where route.StartsWith("/monitoring", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        select $"{method} {route.TrimEnd('/')}";

    private static async Task<int> AskAsync(App app, string method, string path, string accept)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Value();
}
