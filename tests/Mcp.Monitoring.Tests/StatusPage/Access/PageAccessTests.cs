using Mcp.Monitoring.StatusPage.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.StatusPage.Access;

/// <summary>Every way in, and everything that is refused.</summary>
public class PageAccessTests
{
    private static readonly bool[] Both = [true, false];
    private static readonly bool?[] Enabled = [null, true, false];
    private static readonly string[] Policies = ["no-policy", "met", "unmet"], Hosts = ["localhost", "evil"], Origins = ["none", "own", "foreign"], Shown = ["nothing", "bearer", "wrong", "cookie"];

    private const string Evil = "evil.example.com";

    /// <summary>What one request is like.</summary>
    public sealed record Row(
        bool Development, bool? Enabled, bool Token, string Policy, bool Loopback, bool Forwarded, string Host, string Origin, string Shows)
    {
        public override string ToString() =>
            $"{(Development ? "Development" : "Production")} enabled:{Enabled?.ToString() ?? "null"} token:{Token} policy:{Policy} loopback:{Loopback} forwarded:{Forwarded} host:{Host} origin:{Origin} shows:{Shows}";
    }

    [Theory]
    [InlineData("Development null no-token no-policy loopback direct localhost none nothing", "Allowed Local")]
    [InlineData("Development null no-token no-policy loopback direct localhost own nothing", "Allowed Local")]
    [InlineData("Development null no-token no-policy loopback direct localhost foreign nothing", "Refused")]
    [InlineData("Development null no-token no-policy loopback direct evil none nothing", "Refused")]
    [InlineData("Development null no-token no-policy loopback direct evil own nothing", "Refused")]
    [InlineData("Development null no-token no-policy loopback forwarded localhost none nothing", "Closed")]
    [InlineData("Development null no-token no-policy remote direct localhost none nothing", "Closed")]
    [InlineData("Development null token no-policy remote direct localhost none bearer", "Closed")]
    [InlineData("Development null token no-policy loopback direct evil none nothing", "SignIn")]
    [InlineData("Development null token no-policy loopback direct evil none cookie", "Allowed Cookie")]
    [InlineData("Development null token no-policy loopback direct localhost none bearer", "Allowed Header")]
    [InlineData("Development null token no-policy loopback direct localhost none wrong", "Allowed Local")]
    [InlineData("Development false token met loopback direct localhost none bearer", "Closed")]
    [InlineData("Development true no-token no-policy remote direct localhost none nothing", "Closed")]
    [InlineData("Development true token no-policy remote direct evil none nothing", "SignIn")]
    [InlineData("Development null no-token met loopback direct localhost none nothing", "Allowed Policy")]
    [InlineData("Production null no-token no-policy loopback direct localhost none nothing", "Closed")]
    [InlineData("Production null token met loopback direct localhost none bearer", "Closed")]
    [InlineData("Production false token no-policy remote direct evil none bearer", "Closed")]
    [InlineData("Production true no-token no-policy loopback direct localhost none nothing", "Closed")]
    [InlineData("Production true no-token unmet remote direct evil none nothing", "Closed")]
    [InlineData("Production true no-token met remote forwarded evil none nothing", "Allowed Policy")]
    [InlineData("Production true no-token met remote direct evil foreign nothing", "Refused")]
    [InlineData("Production true token no-policy loopback direct localhost none nothing", "SignIn")]
    [InlineData("Production true token no-policy remote direct evil none nothing", "SignIn")]
    [InlineData("Production true token no-policy remote direct evil none wrong", "SignIn")]
    [InlineData("Production true token no-policy remote direct evil none bearer", "Allowed Header")]
    [InlineData("Production true token no-policy remote direct evil foreign bearer", "Allowed Header")]
    [InlineData("Production true token no-policy remote direct evil none cookie", "Allowed Cookie")]
    [InlineData("Production true token no-policy remote direct evil foreign cookie", "Refused")]
    [InlineData("Production true token unmet remote direct evil none cookie", "Allowed Cookie")]
    public void Request_is_answered_so(string request, string answer)
    {
        string[] words = request.Split(' ');
        var row = new Row(
            words[0] == "Development", words[1] == "null" ? null : words[1] == "true", words[2] == "token", words[3], words[4] == "loopback", words[5] == "forwarded",
            words[6], words[7], words[8]);

        Assert.Equal(answer, AnswerOf(row));
    }

    [Fact]
    public void Of_all_requests_none_is_let_in_but_by_a_way_that_is_open_and_none_that_a_foreign_page_sends()
    {
        Row[] rows =
        [
            .. from development in Both
               from enabled in Enabled
               from token in Both
               from policy in Policies
               from loopback in Both
               from forwarded in Both
               from host in Hosts
               from origin in Origins
               from shows in Shown
               select new Row(development, enabled, token, policy, loopback, forwarded, host, origin, shows),
        ];
        Assert.Equal(3_456, rows.Length);

        Assert.Empty(rows.Where(row => AnswerOf(row) != Expected(row)).Select(row => $"{row}: {AnswerOf(row)}, not {Expected(row)}"));
    }

    [Fact]
    public void Closed_page_is_told_of_once_with_what_to_write()
    {
        using var door = new Doorkeeper(enabled: null, token: null);

        Assert.Equal(PageAnswer.Closed, door.Access.Judge(Doorkeeper.Request()).Answer);
        Assert.Equal(PageAnswer.Closed, door.Access.Judge(Doorkeeper.LocalRequest()).Answer);

        Hosting.LogEntry warning = Assert.Single(door.Logs.Of("StatusPageClosed"));
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.StartsWith("/monitoring/ was answered with 404: ", warning.Message, StringComparison.Ordinal);
        Assert.Contains("status_page.enabled: true", warning.Message, StringComparison.Ordinal);
        Assert.Contains("status_page.token", warning.Message, StringComparison.Ordinal);
        Assert.Contains("app.MapMcpMonitoring().StatusPage.RequireAuthorization(\"ops\")", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_that_was_switched_off_is_told_of_nowhere()
    {
        using var door = new Doorkeeper(enabled: false);

        Assert.Equal(PageAnswer.Closed, door.Access.Judge(Doorkeeper.Request()).Answer);
        Assert.Empty(door.Logs.Entries);
    }

    [Theory]
    [InlineData("Bearer " + Doorkeeper.Token, PageAnswer.Allowed)]
    [InlineData("bearer " + Doorkeeper.Token, PageAnswer.Allowed)]
    [InlineData("Bearer   " + Doorkeeper.Token + " ", PageAnswer.Allowed)]
    [InlineData("Bearer", PageAnswer.SignIn)]
    [InlineData("Bearer ", PageAnswer.SignIn)]
    [InlineData(Doorkeeper.Token, PageAnswer.SignIn)]
    [InlineData("Basic " + Doorkeeper.Token, PageAnswer.SignIn)]
    [InlineData("Bearer " + Doorkeeper.Token + "x", PageAnswer.SignIn)]
    [InlineData("Bearer Correct-horse-battery-staple", PageAnswer.SignIn)]
    [InlineData("Bearer correct-horse-battery-stapl", PageAnswer.SignIn)]
    [InlineData("Bearer correct-horse-battery-staple,correct-horse-battery-staple", PageAnswer.SignIn)]
    public void Header_lets_in_with_the_whole_token_and_nothing_else(string header, object answer)
    {
        using var door = new Doorkeeper();
        DefaultHttpContext http = Doorkeeper.Request();
        http.Request.Headers.Authorization = header;

        Assert.Equal(answer, door.Access.Judge(http).Answer);
    }

    [Fact]
    public void Token_is_taken_from_no_address()
    {
        using var door = new Doorkeeper();
        DefaultHttpContext http = Doorkeeper.Request();
        http.Request.QueryString = new QueryString($"?token={Doorkeeper.Token}&access_token={Doorkeeper.Token}");

        Assert.Equal(PageAnswer.SignIn, door.Access.Judge(http).Answer);
    }

    [Fact]
    public void Another_token_lets_in_from_the_next_request_on_and_the_one_before_does_not()
    {
        using var door = new Doorkeeper();
        DefaultHttpContext http = Doorkeeper.Request();
        Doorkeeper.Send(http, door.CookieOfSignIn());
        Assert.Equal(PageAnswer.Allowed, door.Access.Judge(http).Answer);

        door.Options = new StatusPageOptions { Enabled = true, Token = "another-token-of-the-page" };
        Assert.Equal(PageAnswer.SignIn, door.Access.Judge(http).Answer);

        http.Request.Headers.Authorization = "Bearer another-token-of-the-page";
        Assert.Equal(PageAnswer.Allowed, door.Access.Judge(http).Answer);

        door.Options = new StatusPageOptions { Enabled = true };
        Assert.Equal(PageAnswer.Closed, door.Access.Judge(http).Answer);
    }

    [Fact]
    public void User_of_the_host_has_his_name()
    {
        using var door = new Doorkeeper(token: null);
        DefaultHttpContext http = Doorkeeper.Request();
        Doorkeeper.Demand(http, isMet: true, "anna");

        PageCaller caller = Assert.IsType<PageCaller>(door.Access.Judge(http).Caller);
        Assert.Equal((WayIn.Policy, "anna", true), (caller.Way, caller.Name, caller.MayAct));
    }

    private static string AnswerOf(Row row)
    {
        using var door = new Doorkeeper(row.Development, row.Enabled, row.Token ? Doorkeeper.Token : null);
        using var signer = new Doorkeeper();
        string host = row.Host == "evil" ? Evil : "localhost:5000";
        DefaultHttpContext http = Doorkeeper.Request(row.Loopback ? "127.0.0.1" : "203.0.113.7", host);
        if (row.Policy != "no-policy")
        {
            Doorkeeper.Demand(http, row.Policy == "met");
        }

        if (row.Forwarded)
        {
            http.Request.Headers["X-Forwarded-For"] = "127.0.0.1";
        }

        http.Request.Headers.Origin = row.Origin switch { "own" => $"http://{host}", "foreign" => "https://attacker.example.com", _ => default };
        switch (row.Shows)
        {
            case "bearer":
                http.Request.Headers.Authorization = $"Bearer {Doorkeeper.Token}";
                break;
            case "wrong":
                http.Request.Headers.Authorization = "Bearer wrong-horse-battery-staple";
                break;
            case "cookie":
                Doorkeeper.Send(http, signer.CookieOfSignIn());
                break;
        }

        PageVerdict verdict = door.Access.Judge(http);
        return verdict.Caller is { } caller ? $"{verdict.Answer} {caller.Way}" : $"{verdict.Answer}";
    }

    // The rules in the order of what is asked first.
    private static string Expected(Row row)
    {
        bool isThisMachine = row.Development && row.Loopback && !row.Forwarded;
        bool isForeign = row.Origin == "foreign";
        if (row.Enabled == false || (row.Enabled is null && !isThisMachine))
        {
            return "Closed";
        }

        string? way = row.Policy == "met" ? "Policy"
            : row.Token && row.Shows == "bearer" ? "Header"
            : row.Token && row.Shows == "wrong" && !isThisMachine ? null
            : isThisMachine && row.Host == "localhost" ? "Local"
            : row.Token && row.Shows == "cookie" ? "Cookie"
            : null;
        return way switch
        {
            "Header" => "Allowed Header",
            not null => isForeign ? "Refused" : $"Allowed {way}",
            null => row.Token ? "SignIn" : isThisMachine ? "Refused" : "Closed",
        };
    }
}
