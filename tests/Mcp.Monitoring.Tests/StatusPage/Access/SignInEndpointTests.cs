using System.Text;
using Mcp.Monitoring.StatusPage.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.StatusPage.Access;

/// <summary>The form takes the token and gives a cookie.</summary>
public sealed class SignInEndpointTests : IDisposable
{
    private readonly Doorkeeper _door = new();

    public void Dispose() => _door.Dispose();

    [Theory]
    [InlineData("", "/monitoring/sign-in")]
    [InlineData("/mcp", "/ops/monitoring/sign-in")]
    public async Task Right_token_gives_a_cookie_of_the_page_and_leads_there(string basePath, string path)
    {
        DefaultHttpContext http = Form($"token={Doorkeeper.Token}");
        http.Request.PathBase = basePath;
        http.Request.Path = path;

        await _door.SignIn.SignInAsync(http);

        Assert.Equal((303, "./"), (http.Response.StatusCode, http.Response.Headers.Location.ToString()));
        string setCookie = http.Response.Headers.SetCookie.ToString();
        Assert.DoesNotContain("path=", setCookie, StringComparison.Ordinal);
        Assert.DoesNotContain(Doorkeeper.Token, string.Join('\n', http.Response.Headers.Select(header => $"{header.Key}: {header.Value}")), StringComparison.Ordinal);
        Assert.Equal("no-store", http.Response.Headers.CacheControl);

        DefaultHttpContext next = Doorkeeper.Request();
        Doorkeeper.Send(next, Doorkeeper.ValueOf(setCookie));
        Assert.Equal(PageAnswer.Allowed, _door.Access.Judge(next).Answer);
        Assert.Equal("Status page: the token at 203.0.113.7: sign in: signed in", Assert.Single(_door.Logs.Of("StatusPageAction")).Message);
    }

    [Theory]
    [InlineData("token=wrong-horse-battery-staple", 401)]
    [InlineData("token=correct-horse-battery-staple%0d%0aSet-Cookie:%20a=b", 401)]
    [InlineData("token=", 400)]
    [InlineData("", 400)]
    [InlineData("other=correct-horse-battery-staple", 400)]
    [InlineData("token=correct-horse-battery-staple&token=correct-horse-battery-staple", 400)]
    [InlineData("a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&token=correct-horse-battery-staple", 400)]
    public async Task Anything_else_gives_none_and_shows_the_form(string body, int status)
    {
        DefaultHttpContext http = Form(body);

        await _door.SignIn.SignInAsync(http);

        Assert.Equal((status, "form WrongToken"), (http.Response.StatusCode, Doorkeeper.BodyOf(http)));
        Assert.Equal(0, http.Response.Headers.SetCookie.Count);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Only_a_form_of_a_browser_is_read(string? type)
    {
        DefaultHttpContext http = Form($"token={Doorkeeper.Token}");
        http.Request.ContentType = type;

        await _door.SignIn.SignInAsync(http);

        Assert.Equal(400, http.Response.StatusCode);
        Assert.Equal(0, http.Response.Headers.SetCookie.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Long_form_is_not_kept(bool saysHowLong)
    {
        DefaultHttpContext http = Form("token=" + new string('x', 20_000));
        http.Request.ContentLength = saysHowLong ? 20_006 : null;

        await _door.SignIn.SignInAsync(http);

        Assert.Equal((400, "form WrongToken"), (http.Response.StatusCode, Doorkeeper.BodyOf(http)));
    }

    [Fact]
    public async Task Sixth_try_in_a_minute_is_told_how_long_to_wait_and_so_is_a_right_one()
    {
        for (int i = 0; i < 5; i++)
        {
            await _door.SignIn.SignInAsync(Form("token=wrong-horse-battery-staple"));
        }

        DefaultHttpContext http = Form($"token={Doorkeeper.Token}");
        await _door.SignIn.SignInAsync(http);

        Assert.Equal((429, "form TooManyTries", "60"), (http.Response.StatusCode, Doorkeeper.BodyOf(http), http.Response.Headers.RetryAfter.ToString()));
        Assert.Equal(0, http.Response.Headers.SetCookie.Count);
        Assert.Equal(5, _door.Logs.Of("StatusPageSignInRefused").Count());
        Assert.All(_door.Logs.Of("StatusPageSignInRefused"), entry => Assert.Equal((LogLevel.Warning, "Status page: a wrong token came from 203.0.113.7."), (entry.Level, entry.Message)));

        _door.Time.Advance(TimeSpan.FromMinutes(1));
        DefaultHttpContext later = Form($"token={Doorkeeper.Token}");
        await _door.SignIn.SignInAsync(later);
        Assert.Equal(303, later.Response.StatusCode);
    }

    [Fact]
    public async Task Wrong_tokens_of_the_header_and_of_the_form_count_together_and_who_has_signed_in_goes_on()
    {
        string cookie = _door.CookieOfSignIn();
        for (int i = 0; i < 5; i++)
        {
            DefaultHttpContext wrong = Doorkeeper.Request();
            wrong.Request.Headers.Authorization = "Bearer wrong-horse-battery-staple";
            Assert.Equal(PageAnswer.SignIn, _door.Access.Judge(wrong).Answer);
        }

        DefaultHttpContext form = Form($"token={Doorkeeper.Token}"), header = Doorkeeper.Request(), signedIn = Doorkeeper.Request();
        await _door.SignIn.SignInAsync(form);
        header.Request.Headers.Authorization = $"Bearer {Doorkeeper.Token}";
        Doorkeeper.Send(signedIn, cookie);

        Assert.Equal(429, form.Response.StatusCode);
        Assert.Equal(PageAnswer.TooManyTries, _door.Access.Judge(header).Answer);
        Assert.Equal(PageAnswer.Allowed, _door.Access.Judge(signedIn).Answer);
    }

    [Theory]
    [InlineData(true, null, null, 404)]
    [InlineData(true, false, Doorkeeper.Token, 404)]
    [InlineData(true, true, null, 404)]
    [InlineData(true, true, Doorkeeper.Token, 200)]
    [InlineData(false, true, Doorkeeper.Token, 401)]
    [InlineData(false, true, null, 404)]
    [InlineData(false, null, Doorkeeper.Token, 404)]
    public async Task Form_is_there_where_the_page_takes_a_token(bool shows, bool? enabled, string? token, int status)
    {
        using var door = new Doorkeeper(enabled: enabled, token: token);
        DefaultHttpContext http = shows ? Doorkeeper.Request(path: "/monitoring/sign-in") : Form("token=wrong-horse-battery-staple");

        await (shows ? door.SignIn.ShowAsync(http) : door.SignIn.SignInAsync(http));

        Assert.Equal(status, http.Response.StatusCode);
        Assert.Equal(status == 200 ? "form None" : status == 401 ? "form WrongToken" : "", Doorkeeper.BodyOf(http));
    }

    [Fact]
    public async Task Who_is_let_in_already_is_sent_to_the_page()
    {
        using var door = new Doorkeeper(isDevelopment: true, enabled: null, token: null);
        DefaultHttpContext shown = Doorkeeper.LocalRequest(), sent = Doorkeeper.LocalRequest(method: "POST");

        await door.SignIn.ShowAsync(shown);
        await door.SignIn.SignInAsync(sent);

        Assert.Equal((303, "./"), (shown.Response.StatusCode, shown.Response.Headers.Location.ToString()));
        Assert.Equal((303, "./"), (sent.Response.StatusCode, sent.Response.Headers.Location.ToString()));
    }

    [Fact]
    public async Task Sign_out_takes_the_cookie()
    {
        DefaultHttpContext http = Doorkeeper.Request(method: "POST", path: "/monitoring/sign-out");
        Doorkeeper.Send(http, _door.CookieOfSignIn());

        await _door.SignIn.SignOutAsync(http);

        Assert.Equal((303, "sign-in"), (http.Response.StatusCode, http.Response.Headers.Location.ToString()));
        string setCookie = http.Response.Headers.SetCookie.ToString();
        Assert.StartsWith("mcp_monitoring=; expires=Thu, 01 Jan 1970", setCookie, StringComparison.Ordinal);
        Assert.DoesNotContain("path=", setCookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_out_that_comes_without_the_cookie_takes_none()
    {
        DefaultHttpContext http = Doorkeeper.Request(method: "POST", path: "/monitoring/sign-out");

        await _door.SignIn.SignOutAsync(http);

        Assert.Equal(0, http.Response.Headers.SetCookie.Count);
    }

    private static DefaultHttpContext Form(string body)
    {
        DefaultHttpContext http = Doorkeeper.Request(method: "POST", path: "/monitoring/sign-in");
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return http;
    }
}
