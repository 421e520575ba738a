using Mcp.Monitoring.StatusPage.Access;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.StatusPage.Access;

/// <summary>Names that a browser can be made to call this machine by, and pages that send requests from elsewhere.</summary>
public class RequestOriginTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("LocalHost:5000", true)]
    [InlineData("localhost:1", true)]
    [InlineData("localhost:65535", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.1:80", true)]
    [InlineData("[::1]", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("", false)]
    [InlineData("localhost.evil.com", false)]
    [InlineData("localhost.evil.com:5000", false)]
    [InlineData("localhost.", false)]
    [InlineData("localhost:", false)]
    [InlineData("localhost:evil", false)]
    [InlineData("localhost:80@evil.com", false)]
    [InlineData("localhost:80.evil.com", false)]
    [InlineData("localhost:100000", false)]
    [InlineData("localhost:-1", false)]
    [InlineData("localhost:٨٠", false)]
    [InlineData("localhost@evil.com", false)]
    [InlineData("user@localhost", false)]
    [InlineData("user:pass@localhost", false)]
    [InlineData("evil.com", false)]
    [InlineData("evil-localhost", false)]
    [InlineData("my.localhost", false)]
    [InlineData("127.0.0.1.nip.io", false)]
    [InlineData("127.0.0.1.nip.io:80", false)]
    [InlineData("127.0.0.2", false)]
    [InlineData("127.0.0.10", false)]
    [InlineData("127.1", false)]
    [InlineData("2130706433", false)]
    [InlineData("0x7f000001", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("0", false)]
    [InlineData("::1", false)]
    [InlineData("[::1].evil", false)]
    [InlineData("[::1].evil.com:80", false)]
    [InlineData("[::1", false)]
    [InlineData("[::]", false)]
    [InlineData("[::ffff:127.0.0.1]", false)]
    [InlineData("[0:0:0:0:0:0:0:1]", false)]
    [InlineData("[::1%25lo]", false)]
    [InlineData("localhost, evil.com", false)]
    [InlineData("localhost evil.com", false)]
    [InlineData("localhost\t", false)]
    [InlineData("localhost/", false)]
    [InlineData("ｌocalhost", false)]
    [InlineData("xn--localhost", false)]
    [InlineData("loca\u0131host", false)]
    public void Only_three_names_are_this_machine_s(string host, bool isLoopback)
    {
        DefaultHttpContext http = Doorkeeper.Request();
        http.Request.Headers.Host = host;

        Assert.Equal(isLoopback, RequestOrigin.NamesLoopback(http.Request));
    }

    [Theory]
    [InlineData("GET", null, null, null, false)]
    [InlineData("GET", "http://mcp.company.com:8080", null, null, false)]
    [InlineData("POST", "https://mcp.company.com:8080", null, null, false)]
    [InlineData("POST", "HTTPS://MCP.company.com:8080", null, null, false)]
    [InlineData("POST", "https://mcp.company.com", null, null, true)]
    [InlineData("POST", "https://mcp.company.com:8081", null, null, true)]
    [InlineData("POST", "https://mcp.company.com:8080.evil.com", null, null, true)]
    [InlineData("POST", "https://evil.com", null, null, true)]
    [InlineData("GET", "https://evil.com", null, null, true)]
    [InlineData("POST", "null", null, null, true)]
    [InlineData("POST", "mcp.company.com:8080", null, null, true)]
    [InlineData("POST", "ftp://mcp.company.com:8080", null, null, true)]
    [InlineData("POST", "https://mcp.company.com:8080,https://evil.com", null, null, true)]
    [InlineData("POST", null, "same-origin", "cors", false)]
    [InlineData("POST", "https://mcp.company.com", "same-origin", "cors", false)]
    [InlineData("GET", null, "none", "navigate", false)]
    [InlineData("GET", null, "cross-site", "navigate", false)]
    [InlineData("HEAD", null, "same-site", "navigate", false)]
    [InlineData("GET", "https://evil.com", "cross-site", "navigate", true)]
    [InlineData("GET", null, "cross-site", "no-cors", true)]
    [InlineData("GET", null, "cross-site", "cors", true)]
    [InlineData("GET", null, "cross-site", null, true)]
    [InlineData("GET", null, "same-site", "cors", true)]
    [InlineData("POST", null, "cross-site", "navigate", true)]
    [InlineData("DELETE", null, "same-site", "cors", true)]
    [InlineData("POST", null, "anything", "navigate", true)]
    public void Page_of_another_origin_is_foreign(string method, string? origin, string? site, string? mode, bool isForeign)
    {
        DefaultHttpContext http = Doorkeeper.Request(host: "mcp.company.com:8080", method: method);
        http.Request.Headers.Origin = origin;
        http.Request.Headers["Sec-Fetch-Site"] = site;
        http.Request.Headers["Sec-Fetch-Mode"] = mode;

        Assert.Equal(isForeign, RequestOrigin.IsForeign(http.Request));
    }

    [Theory]
    [InlineData("document", false)]
    [InlineData("iframe", true)]
    [InlineData("object", true)]
    public void Link_that_is_followed_shows_a_page_of_its_own(string destination, bool isForeign)
    {
        DefaultHttpContext http = Doorkeeper.Request();
        http.Request.Headers["Sec-Fetch-Site"] = "cross-site";
        http.Request.Headers["Sec-Fetch-Mode"] = "navigate";
        http.Request.Headers["Sec-Fetch-Dest"] = destination;

        Assert.Equal(isForeign, RequestOrigin.IsForeign(http.Request));
    }

    [Fact]
    public void Two_origins_are_foreign()
    {
        DefaultHttpContext http = Doorkeeper.Request(host: "localhost");
        http.Request.Headers.Origin = new(["http://localhost", "http://evil.com"]);

        Assert.True(RequestOrigin.IsForeign(http.Request));
    }
}
