using Mcp.Monitoring.StatusPage.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.StatusPage.Access;

/// <summary>Who may act: who is let in, unless nobody may, and who has read the page before.</summary>
public class ActionTests
{
    /// <summary>Ways that a browser goes by itself.</summary>
    public static TheoryData<string> Ambient => ["local", "policy", "cookie"];

    [Theory]
    [MemberData(nameof(Ambient))]
    public void Browser_acts_with_the_token_of_its_session_only(string way)
    {
        using Doorkeeper door = Open(way);
        string right = TokenOf(door, Request(door, way));
        string anotherCaller = TokenOf(door, Request(door, way == "policy" ? "policy of boris" : "policy"));

        Assert.Equal(PageAnswer.Allowed, Act(door, way, right));
        foreach (string? wrong in new[] { null, "", anotherCaller, right[..^1], right + "A", right.ToUpperInvariant(), right + "\r\n", $"{right},{right}", Doorkeeper.Token, "null", "undefined", "сюрприз" })
        {
            Assert.Equal(PageAnswer.Refused, Act(door, way, wrong));
        }
    }

    [Theory]
    [MemberData(nameof(Ambient))]
    public void Token_of_a_session_holds_for_its_hour_and_the_next(string way)
    {
        using Doorkeeper door = Open(way);
        string token = TokenOf(door, Request(door, way));

        door.Time.Advance(TimeSpan.FromSeconds(7_199));
        Assert.Equal(PageAnswer.Allowed, Act(door, way, token));

        door.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(PageAnswer.Refused, Act(door, way, token));
    }

    [Theory]
    [MemberData(nameof(Ambient))]
    public void Page_of_another_origin_acts_not_even_with_the_token_of_the_session(string way)
    {
        using Doorkeeper door = Open(way);
        DefaultHttpContext http = Request(door, way);
        http.Request.Headers[Antiforgery.Header] = TokenOf(door, Request(door, way));
        http.Request.Headers.Origin = "https://evil.com";

        Assert.Equal(PageAnswer.Refused, door.Access.JudgeAction(http).Answer);
    }

    [Fact]
    public void Two_sign_ins_have_not_the_same_token()
    {
        using Doorkeeper door = Open("cookie");

        Assert.NotEqual(TokenOf(door, Request(door, "cookie of another sign-in")), TokenOf(door, Request(door, "cookie of a sign-in")));
    }

    [Fact]
    public void Replicas_of_one_token_agree_on_a_session_and_without_one_each_process_has_its_own()
    {
        using Doorkeeper one = Open("cookie"), other = Open("cookie"), alone = new(token: null), aloneToo = new(token: null);
        DefaultHttpContext http = Request(one, "cookie");

        Assert.Equal(TokenOf(one, http), TokenOf(other, http));
        Assert.NotEqual(TokenOf(alone, Request(alone, "policy")), TokenOf(aloneToo, Request(aloneToo, "policy")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://evil.com")]
    public void Who_sends_the_token_itself_needs_no_more(string? origin)
    {
        using var door = new Doorkeeper();
        DefaultHttpContext http = Doorkeeper.Request(method: "POST");
        http.Request.Headers.Authorization = $"Bearer {Doorkeeper.Token}";
        http.Request.Headers.Origin = origin;

        Assert.Equal(PageAnswer.Allowed, door.Access.JudgeAction(http).Answer);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("policy")]
    [InlineData("cookie")]
    [InlineData("header")]
    public void Nobody_acts_on_a_page_that_is_read_only(string way)
    {
        using Doorkeeper door = Open(way, readOnly: true);
        DefaultHttpContext http = Request(door, way);
        http.Request.Headers[Antiforgery.Header] = TokenOf(door, Request(door, way));

        PageVerdict verdict = door.Access.JudgeAction(http);

        Assert.Equal(PageAnswer.Refused, verdict.Answer);
        Assert.Contains("status_page.read_only", verdict.Words, StringComparison.Ordinal);
        Assert.False(Assert.IsType<PageCaller>(door.Access.Judge(Request(door, way, "GET")).Caller).MayAct);
    }

    [Fact]
    public void Who_may_not_read_may_not_act()
    {
        using var door = new Doorkeeper();

        Assert.Equal(PageAnswer.SignIn, door.Access.JudgeAction(Doorkeeper.Request(method: "POST")).Answer);
    }

    [Theory]
    [InlineData("local", false, null)]
    [InlineData("policy", false, "anna")]
    [InlineData("cookie", true, null)]
    [InlineData("header", false, null)]
    public void Session_says_what_a_caller_is(string way, bool isSignedIn, string? name)
    {
        using Doorkeeper door = Open(way);
        DefaultHttpContext http = Request(door, way);

        PageSession session = door.Access.SessionOf(http, door.Access.Judge(http).Caller!);

        Assert.Equal((true, false, isSignedIn, name), (session.MayAct, session.ReadOnly, session.SignedIn, session.Name));
        Assert.Equal(
            $$"""{"may_act":true,"read_only":false,"signed_in":{{(isSignedIn ? "true" : "false")}},{{(name is null ? "" : $"\"name\":\"{name}\",")}}"antiforgery":"{{session.Antiforgery}}"}""",
            System.Text.Json.JsonSerializer.Serialize(session, AccessJson.Default.PageSession));
    }

    [Theory]
    [InlineData("local", "Anna", "this machine as \"Anna\"")]
    [InlineData("policy", null, "user \"anna\"")]
    [InlineData("policy", " ", "user \"anna\"")]
    [InlineData("cookie", "Anna", "the token as \"Anna\"")]
    [InlineData("header", null, "the token")]
    [InlineData(null, "Anna", "the link of a message as \"Anna\"")]
    public void Action_is_one_line_with_who_from_where_what_and_the_result(string? way, string? by, string who)
    {
        using Doorkeeper door = Open(way ?? "cookie");
        DefaultHttpContext http = Request(door, way ?? "cookie");

        door.Audit.Write(http, way is null ? null : door.Access.Judge(http).Caller, by, "acknowledge incident 7", "acknowledged");

        Hosting.LogEntry line = Assert.Single(door.Logs.Of("StatusPageAction"));
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Equal($"Status page: {who} at {http.Connection.RemoteIpAddress}: acknowledge incident 7: acknowledged", line.Message);
    }

    [Fact]
    public void What_a_user_types_cannot_make_a_line_of_its_own_nor_a_long_one()
    {
        const string Forged = "Anna\r\nStatus page: user \"root\"\u2028\u202e\0\u001b[2J";
        using Doorkeeper door = Open("cookie");
        DefaultHttpContext http = Request(door, "cookie");

        door.Audit.Write(http, door.Access.Judge(http).Caller, Forged + new string('x', 10_000), Forged + new string('y', 10_000), Forged);

        string line = Assert.Single(door.Logs.Of("StatusPageAction")).Message;
        Assert.DoesNotContain(line, char.IsControl);
        Assert.DoesNotContain('\u2028', line);
        Assert.DoesNotContain('\u202e', line);
        Assert.InRange(line.Length, 1, 600);
    }

    private static Doorkeeper Open(string way, bool readOnly = false) => new(isDevelopment: way == "local", readOnly: readOnly, token: way == "policy" ? null : Doorkeeper.Token);

    private static PageAnswer Act(Doorkeeper door, string way, string? token)
    {
        DefaultHttpContext http = Request(door, way);
        http.Request.Headers[Antiforgery.Header] = token;
        return door.Access.JudgeAction(http).Answer;
    }

    private static string TokenOf(Doorkeeper door, HttpContext http) => door.Antiforgery.TokenOf(door.Access.Judge(http).Caller!);

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Doorkeeper, string> Cookies = [];

    // A browser keeps its cookie.
    private static DefaultHttpContext Request(Doorkeeper door, string way, string method = "POST")
    {
        DefaultHttpContext http = way == "local" ? Doorkeeper.LocalRequest(method: method) : Doorkeeper.Request(method: method);
        switch (way)
        {
            case "local":
                break;
            case "policy":
                Doorkeeper.Demand(http, isMet: true);
                break;
            case "policy of boris":
                Doorkeeper.Demand(http, isMet: true, "boris");
                break;
            case "header":
                http.Request.Headers.Authorization = $"Bearer {Doorkeeper.Token}";
                break;
            case "cookie":
                Doorkeeper.Send(http, Cookies.GetValue(door, known => known.CookieOfSignIn()));
                break;
            default:
                Doorkeeper.Send(http, door.CookieOfSignIn());
                break;
        }

        return http;
    }
}
