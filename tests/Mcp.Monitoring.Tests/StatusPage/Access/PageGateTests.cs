using System.Text.Json;
using Mcp.Monitoring.StatusPage.Access;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.StatusPage.Access;

/// <summary>What is answered to whom the gate does not let pass.</summary>
public class PageGateTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("page", "GET", Browser, 302)]
    [InlineData("page", "HEAD", Browser, 302)]
    [InlineData("page", "POST", Browser, 401)]
    [InlineData("page", "GET", "*/*", 401)]
    [InlineData("page", "GET", null, 401)]
    [InlineData("reading", "GET", Browser, 401)]
    [InlineData("acting", "POST", "application/json", 401)]
    [InlineData("asset", "GET", "text/css", 200)]
    public async Task Who_has_not_signed_in_is_sent_to_the_form_or_told_to(string gate, string method, string? accept, int status)
    {
        using var door = new Doorkeeper();
        DefaultHttpContext http = Doorkeeper.Request(method: method);
        http.Request.Headers.Accept = accept;

        await Through(door, gate)(http);

        Assert.Equal(status, http.Response.StatusCode);
        Assert.Equal(status == 302 ? "sign-in" : "", http.Response.Headers.Location.ToString());
        Assert.Equal(status == 401 ? "Bearer realm=\"monitoring\"" : "", http.Response.Headers.WWWAuthenticate.ToString());
        if (status == 401)
        {
            Assert.Contains("status_page.token", ErrorOf(http), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/monitoring/", "sign-in")]
    [InlineData("/monitoring", "monitoring/sign-in")]
    [InlineData("/ops/monitoring", "monitoring/sign-in")]
    public async Task Form_is_found_from_wherever_the_page_is(string path, string location)
    {
        using var door = new Doorkeeper();
        DefaultHttpContext http = Doorkeeper.Request(path: path);
        http.Request.Headers.Accept = Browser;

        await Through(door, "page")(http);

        Assert.Equal(location, http.Response.Headers.Location);
    }

    [Theory]
    [InlineData("page")]
    [InlineData("reading")]
    [InlineData("acting")]
    [InlineData("asset")]
    public async Task Closed_page_is_answered_with_nothing(string gate)
    {
        using var door = new Doorkeeper(enabled: null);
        DefaultHttpContext http = Doorkeeper.Request();

        await Through(door, gate)(http);

        Assert.Equal((404, "", "no-store"), (http.Response.StatusCode, Doorkeeper.BodyOf(http), http.Response.Headers.CacheControl.ToString()));
    }

    [Theory]
    [InlineData("page")]
    [InlineData("reading")]
    [InlineData("acting")]
    [InlineData("asset")]
    public async Task Name_of_another_host_is_refused_with_words(string gate)
    {
        using var door = new Doorkeeper(isDevelopment: true, enabled: null, token: null);
        DefaultHttpContext http = Doorkeeper.LocalRequest("evil\u202e.com\"");

        await Through(door, gate)(http);

        Assert.Equal(403, http.Response.StatusCode);
        Assert.StartsWith("Host is \"evil\\u202e.com\"\"", ErrorOf(http), StringComparison.Ordinal);
        Assert.Contains("localhost, 127.0.0.1 or [::1]", ErrorOf(http), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_tries_are_answered_with_how_long_to_wait()
    {
        using var door = new Doorkeeper();
        DefaultHttpContext http = Doorkeeper.Request();
        for (int i = 0; i < 6; i++)
        {
            http = Doorkeeper.Request();
            http.Request.Headers.Authorization = "Bearer wrong-horse-battery-staple";
            await door.Gate.Reading(_ => Task.CompletedTask)(http);
        }

        Assert.Equal((429, "60"), (http.Response.StatusCode, http.Response.Headers.RetryAfter.ToString()));
        Assert.Equal("Too many wrong tokens came from this address. Try again in 60 seconds.", ErrorOf(http));
    }

    [Fact]
    public async Task Who_passes_is_the_caller_of_the_request()
    {
        using var door = new Doorkeeper();
        DefaultHttpContext http = Doorkeeper.Request();
        http.Request.Headers.Authorization = $"Bearer {Doorkeeper.Token}";

        await Through(door, "acting")(http);

        Assert.Equal((200, WayIn.Header), (http.Response.StatusCode, PageCaller.Of(http).Way));
        Assert.Throws<InvalidOperationException>(() => PageCaller.Of(Doorkeeper.Request()));
    }

    [Fact]
    public async Task Head_has_no_body()
    {
        using var door = new Doorkeeper();
        DefaultHttpContext http = Doorkeeper.Request(method: "HEAD");

        await Through(door, "reading")(http);

        Assert.Equal((401, ""), (http.Response.StatusCode, Doorkeeper.BodyOf(http)));
    }

    private static RequestDelegate Through(Doorkeeper door, string gate) => gate switch
    {
        "page" => door.Gate.Page(Pass),
        "reading" => door.Gate.Reading(Pass),
        "acting" => door.Gate.Acting(Pass),
        _ => door.Gate.Asset(Pass),
    };

    private static Task Pass(HttpContext http) => Task.CompletedTask;

    private static string ErrorOf(HttpContext http)
    {
        Assert.Equal("application/json", http.Response.ContentType);
        Assert.Equal("nosniff", http.Response.Headers.XContentTypeOptions);
        using JsonDocument json = JsonDocument.Parse(Doorkeeper.BodyOf(http));
        return json.RootElement.GetProperty("error").GetString()!;
    }
}
