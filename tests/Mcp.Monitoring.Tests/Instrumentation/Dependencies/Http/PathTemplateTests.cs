using Mcp.Monitoring.Instrumentation.Dependencies.Http;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Http;

public class PathTemplateTests
{
    [Theory]
    [InlineData("/hs/orders/{id}", "/hs/orders/7", true)]
    [InlineData("/hs/orders/{id}", "/HS/Orders/7", true)]
    [InlineData("/hs/orders/{id}", "/hs/orders/", false)]
    [InlineData("/hs/orders/{id}", "/hs/orders", false)]
    [InlineData("/hs/orders/{id}", "/hs/orders/7/lines", false)]
    [InlineData("/hs/orders/{id}/lines", "/hs/orders/7/lines", true)]
    [InlineData("/odata/{**rest}", "/odata/Catalog_Items(guid'1')/Name", true)]
    [InlineData("/odata/{**rest}", "/odata/", true)]
    [InlineData("/odata/{**rest}", "/odata", true)]
    [InlineData("/odata/{**rest}", "/hs/odata", false)]
    [InlineData("/{**all}", "/", true)]
    [InlineData("/", "/", true)]
    [InlineData("/", "/a", false)]
    public void Path_fits_segment_by_segment(string template, string path, bool fits)
    {
        Assert.Equal(fits, PathTemplate.Parse(template).Matches(path));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hs/orders")]
    [InlineData("/hs/{}")]
    [InlineData("/hs/{id")]
    [InlineData("/hs/id}")]
    [InlineData("/hs/a{id}")]
    [InlineData("/{**rest}/lines")]
    [InlineData("/{*rest}")]
    public void What_is_no_template_is_refused_with_its_text(string? template)
    {
        FormatException refused = Assert.Throws<FormatException>(() => PathTemplate.Parse(template));

        Assert.Contains($"'{template}'", refused.Message, StringComparison.Ordinal);
    }
}
