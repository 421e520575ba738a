using System.Buffers.Text;
using System.Net;
using Mcp.Monitoring.StatusPage.Access;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.StatusPage.Access;

/// <summary>The cookie of a sign-in holds for 8 hours, and nobody else can make one.</summary>
public sealed class SessionCookieTests : IDisposable
{
    private readonly Doorkeeper _door = new();

    public void Dispose() => _door.Dispose();

    [Theory]
    [InlineData("http", "httponly; max-age=28800; samesite=strict")]
    [InlineData("https", "httponly; max-age=28800; samesite=strict; secure")]
    public void No_script_reads_it_and_https_keeps_it_to_https(string scheme, string attributes)
    {
        DefaultHttpContext http = Doorkeeper.Request();
        http.Request.Scheme = scheme;

        _door.Cookie.Give(http);

        string[] parts = http.Response.Headers.SetCookie.ToString().Split("; ");
        Assert.StartsWith("mcp_monitoring=", parts[0], StringComparison.Ordinal);
        Assert.Equal(attributes, string.Join("; ", parts[1..].Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/mcp")]
    [InlineData("/a;b/{tenant}")]
    public void Browser_sends_it_to_the_page_alone_whatever_a_proxy_calls_it(string prefix)
    {
        DefaultHttpContext http = Doorkeeper.Request();
        var browser = new CookieContainer();
        var page = new Uri($"http://mcp.company.com{prefix}/monitoring/");

        _door.Cookie.Give(http);
        browser.SetCookies(new Uri(page, "sign-in"), http.Response.Headers.SetCookie.ToString().Replace("; samesite=strict", "", StringComparison.Ordinal));

        Assert.Single(browser.GetCookies(page));
        Assert.Single(browser.GetCookies(new Uri(page, "api/v1/status")));
        Assert.Empty(browser.GetCookies(new Uri(page, "../other")));
    }

    [Fact]
    public void Neither_the_token_nor_anything_of_it_is_in_it()
    {
        string cookie = _door.CookieOfSignIn();
        byte[] bytes = Base64Url.DecodeFromChars(cookie);

        Assert.DoesNotContain(Doorkeeper.Token, cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(Doorkeeper.Token, System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.NotEqual(cookie, _door.CookieOfSignIn());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(28_799, true)]
    [InlineData(28_800, false)]
    [InlineData(28_801, false)]
    public void It_holds_for_eight_hours(int seconds, bool holds)
    {
        string cookie = _door.CookieOfSignIn();

        _door.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(holds, IdOf(cookie) is not null);
    }

    [Fact]
    public void Replica_with_the_same_token_takes_it_and_one_with_another_does_not()
    {
        string cookie = _door.CookieOfSignIn();
        using var replica = new Doorkeeper();
        using var other = new Doorkeeper(token: "another-token-of-the-page");

        Assert.Equal(IdOf(cookie), IdOf(cookie, replica));
        Assert.Null(IdOf(cookie, other));
    }

    [Fact]
    public void It_is_refused_with_any_bit_flipped()
    {
        string cookie = _door.CookieOfSignIn();
        byte[] bytes = Base64Url.DecodeFromChars(cookie);
        Assert.NotNull(IdOf(cookie));

        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(IdOf(Base64Url.EncodeToString(bytes)));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void It_is_refused_with_any_character_changed_added_or_left_out()
    {
        string cookie = _door.CookieOfSignIn();

        for (int i = 0; i < cookie.Length; i++)
        {
            foreach (char other in "Aa0-_ %=+/\t\u0430")
            {
                Assert.True(other == cookie[i] || IdOf($"{cookie[..i]}{other}{cookie[(i + 1)..]}") is null);
                Assert.Null(IdOf(cookie.Insert(i, other.ToString())));
            }

            Assert.Null(IdOf(cookie[..i]));
            Assert.Null(IdOf(cookie[i..] is { } end && i > 0 ? end : ""));
            Assert.Null(IdOf(cookie.Remove(i, 1)));
        }
    }

    [Fact]
    public void Ticket_of_the_same_token_is_no_cookie()
    {
        Assert.Null(IdOf(_door.Tickets.Make(new Ticket(1, _door.Time.GetUtcNow()))!));
    }

    [Fact]
    public void Without_a_token_none_is_given()
    {
        using var door = new Doorkeeper(token: null);
        DefaultHttpContext http = Doorkeeper.Request();

        door.Cookie.Give(http);

        Assert.Equal(0, http.Response.Headers.SetCookie.Count);
    }

    private string? IdOf(string cookie, Doorkeeper? door = null)
    {
        DefaultHttpContext http = Doorkeeper.Request();
        Doorkeeper.Send(http, cookie);
        return (door ?? _door).Cookie.IdOf(http);
    }
}
