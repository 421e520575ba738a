using Mcp.Monitoring.StatusPage.Assets;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.StatusPage.Assets;

public sealed class PageHeadersTests
{
    private const string Before = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action ";
    private const string After = "; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private readonly IHeaderDictionary _headers = new HeaderDictionary();

    [Fact]
    public void Page_runs_its_own_files_only_and_sends_no_form()
    {
        PageHeaders.SetPage(_headers);

        Assert.Equal($"{Before}'none'{After}", _headers.ContentSecurityPolicy.ToString());
        Assert.Equal("no-store", _headers.CacheControl.ToString());
        Assert.Equal("Accept-Language", _headers.Vary.ToString());
        AssertAll();
    }

    [Fact]
    public void Form_is_sent_to_its_own_host_only()
    {
        PageHeaders.SetForm(_headers);

        Assert.Equal($"{Before}'self'{After}", _headers.ContentSecurityPolicy.ToString());
        Assert.Equal("no-store", _headers.CacheControl.ToString());
        AssertAll();
    }

    [Fact]
    public void Data_is_not_kept_and_runs_nothing()
    {
        PageHeaders.SetData(_headers);

        Assert.Equal("default-src 'none'; frame-ancestors 'none'", _headers.ContentSecurityPolicy.ToString());
        Assert.Equal("no-store", _headers.CacheControl.ToString());
        AssertAll();
    }

    [Fact]
    public void File_with_a_hash_in_its_name_is_kept_for_a_year()
    {
        PageHeaders.SetFile(_headers);

        Assert.Equal("public, max-age=31536000, immutable", _headers.CacheControl.ToString());
        AssertAll();
    }

    [Fact]
    public void Header_that_the_host_has_set_is_replaced()
    {
        _headers.ContentSecurityPolicy = "script-src *";

        PageHeaders.SetPage(_headers);

        Assert.Single(_headers.ContentSecurityPolicy);
    }

    private void AssertAll()
    {
        Assert.Equal("nosniff", _headers.XContentTypeOptions.ToString());
        Assert.Equal("no-referrer", _headers["Referrer-Policy"].ToString());
        Assert.Equal("same-origin", _headers["Cross-Origin-Resource-Policy"].ToString());
    }
}
