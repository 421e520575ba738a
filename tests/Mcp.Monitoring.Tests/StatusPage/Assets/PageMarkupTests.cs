using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Tests.StatusPage.Assets;

/// <summary>What a strict policy of content forbids is not in the files, and nothing that would make markup of what a client wrote.</summary>
public sealed partial class PageMarkupTests
{
    [Fact]
    public void Html_has_no_script_style_or_handler_of_its_own() => Assert.All(PageSources.OfType(".html"), file => Assert.Empty(Inline().Matches(PageSources.Read(file)).Select(match => match.Value)));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<script defer>")]
    [InlineData("<style>")]
    [InlineData("<p style=\"color: red\">")]
    [InlineData("<body onload=\"go()\">")]
    [InlineData("<base href=\"/\">")]
    public void Such_would_be_found(string html) => Assert.Matches(Inline(), html);

    [Fact]
    public void Every_address_in_html_and_css_is_relative_and_on_this_host()
    {
        string[] addresses = [.. PageSources.OfType(".html").Concat(PageSources.OfType(".css")).SelectMany(file => Address().Matches(PageSources.Read(file))).Select(match => match.Groups["address"].Value)];

        Assert.NotEmpty(addresses);
        Assert.All(addresses, address => Assert.Matches("^((\\.\\./)?assets/[A-Za-z.]+|api/v1/status|#main|\\.\\./)$", address));
    }

    [Fact]
    public void Scripts_make_no_markup_of_text_and_no_code_either() => Assert.All(PageSources.OfType(".js"), file => Assert.Empty(Dangerous().Matches(PageSources.Read(file)).Select(match => match.Value)));

    [Theory]
    [InlineData("element.innerHTML = text")]
    [InlineData("eval(text)")]
    [InlineData("new Function('a')")]
    [InlineData("document.write(text)")]
    [InlineData("e.insertAdjacentHTML('beforeend', text)")]
    [InlineData("e.setAttribute('onclick', text)")]
    [InlineData("fetch('/monitoring/api')")]
    [InlineData("fetch('https://example.com')")]
    [InlineData("setTimeout('go()')")]
    public void Such_code_would_be_found(string code) => Assert.Matches(Dangerous(), code);

    [Fact]
    public void Icon_is_a_drawing_only() => Assert.DoesNotMatch("<script|<style|href|on[a-z]+=|<foreignObject", PageSources.Read("favicon.svg"));

    [GeneratedRegex("""<script(?![^>]*\ssrc=")|<style|<[^>]*\s(?:style|on[a-z]+)\s*=|<base\b|javascript:|<meta[^>]*http-equiv""", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Inline();

    [GeneratedRegex("""(?:(?:src|href|action)="(?<address>[^"]*)")|url\((?<address>[^)]*)\)|@import\s+(?<address>[^;]*)""", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Address();

    [GeneratedRegex("""(?:inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment|DOMParser|setAttribute\('(?:on|style)|fetch\('(?:/|http)|EventSource\('(?:/|http)|set(?:Timeout|Interval)\('""", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Dangerous();
}
