using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.StatusPage.Assets;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.StatusPage.Assets;

public sealed partial class PageAssetsTests
{
    private const int MostBytes = 100_000;

    private static readonly PageAssets Assets = new();
    private static readonly AlertLanguage[] Languages = Enum.GetValues<AlertLanguage>();
    private static readonly PageForm[] Forms = Enum.GetValues<PageForm>();
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void All_files_together_are_small() => Assert.InRange(PageSources.Names.Sum(name => PageFiles.Read(name).Length), 1, MostBytes - 1);

    [Fact]
    public void What_one_reader_loads_is_small()
    {
        foreach (AlertLanguage language in Languages)
        {
            IEnumerable<byte[]> loaded = References(Text(Assets.Page(language))).Distinct(StringComparer.Ordinal).Select(file => Assets.Files[file].Content);

            Assert.InRange(Assets.Page(language).Content.Length + loaded.Sum(content => content.Length), 1, MostBytes - 1);
        }
    }

    [Fact]
    public void Name_of_a_file_has_the_hash_of_its_content() => Assert.All(Assets.Files, file =>
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.Value.Content))[..8], file.Key.Split('.')[^2]));

    [Fact]
    public void Page_and_forms_name_only_files_that_there_are()
    {
        foreach (AlertLanguage language in Languages)
        {
            foreach (PageAsset page in (IEnumerable<PageAsset>)[Assets.Page(language), .. Forms.Select(form => Assets.Form(form, language, Nothing))])
            {
                string[] named = [.. References(Text(page))];

                Assert.NotEmpty(named);
                Assert.All(named, file => Assert.True(Assets.TryGet(file, out _), $"{file} is named and not there."));
            }
        }
    }

    [Fact]
    public void Every_file_is_named_by_a_page() =>
        Assert.Equal(Assets.Files.Keys.Order(StringComparer.Ordinal), Languages.SelectMany(language => References(Text(Assets.Page(language)))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void File_under_another_name_is_not_there()
    {
        Assert.All(Assets.Files.Keys, file => Assert.False(Assets.TryGet(file.ToUpperInvariant(), out _)));
        Assert.All(PageSources.Names, file => Assert.False(Assets.TryGet(file, out _)));
        Assert.False(Assets.TryGet("", out _));
    }

    [Fact]
    public void Only_what_the_forms_name_is_for_people_who_have_not_signed_in() => Assert.Equal(
        Forms.SelectMany(form => References(Text(Assets.Form(form, AlertLanguage.En, Nothing)))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        Assets.Files.Where(file => file.Value.IsPublic).Select(file => file.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_language_has_a_page_of_its_own()
    {
        Assert.Contains("<html lang=\"en\">", Text(Assets.Page(AlertLanguage.En)), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"ru\">", Text(Assets.Page(AlertLanguage.Ru)), StringComparison.Ordinal);
        Assert.Contains("Инциденты", Text(Assets.Page(AlertLanguage.Ru)), StringComparison.Ordinal);
        Assert.Single(References(Text(Assets.Page(AlertLanguage.En))).Except(References(Text(Assets.Page(AlertLanguage.Ru))), StringComparer.Ordinal));
    }

    [Fact]
    public void No_place_for_a_text_is_left_empty_of_one()
    {
        Assert.All(Languages, language => Assert.DoesNotContain("{{", Text(Assets.Page(language)), StringComparison.Ordinal));
        Assert.All(Languages, language => Assert.All(Forms, form => Assert.DoesNotContain("{{", Text(Assets.Form(form, language, Nothing)), StringComparison.Ordinal)));
    }

    [Fact]
    public void Form_shows_what_it_is_given_as_text()
    {
        const string Hostile = "</h2><script>\"'&{{what}}";
        Dictionary<string, string> values = new(StringComparer.Ordinal) { ["title"] = Hostile, ["what"] = Hostile, ["error"] = Hostile, ["antiforgery"] = Hostile };

        foreach (PageForm form in Forms)
        {
            string html = Text(Assets.Form(form, AlertLanguage.Ru, values));

            Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
            Assert.Contains("&lt;/h2&gt;&lt;script&gt;&quot;&#x27;&amp;{{what}}", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("gzip, deflate, br", true)]
    [InlineData("", false)]
    [InlineData("gzip;q=0", false)]
    public async Task File_is_sent_compressed_to_whoever_takes_that(string accepted, bool isCompressed)
    {
        PageAsset asset = Assets.Page(AlertLanguage.Ru);

        (DefaultHttpContext http, byte[] body) = await SendAsync(asset, "GET", accepted);

        Assert.Equal(isCompressed ? "gzip" : "", http.Response.Headers.ContentEncoding.ToString());
        Assert.Equal("Accept-Encoding", http.Response.Headers.Vary.ToString());
        Assert.Equal(body.Length, http.Response.ContentLength);
        Assert.Equal(asset.Content, isCompressed ? Unpacked(body) : body);
        Assert.Equal("text/html; charset=utf-8", http.Response.ContentType);
    }

    [Fact]
    public async Task Head_is_answered_without_a_body()
    {
        (DefaultHttpContext http, byte[] body) = await SendAsync(Assets.Page(AlertLanguage.En), "HEAD", "");

        Assert.Empty(body);
        Assert.Equal(Assets.Page(AlertLanguage.En).Content.Length, http.Response.ContentLength);
    }

    private static async Task<(DefaultHttpContext Http, byte[] Body)> SendAsync(PageAsset asset, string method, string accepted)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Request = { Method = method }, Response = { Body = body } };
        http.Request.Headers.AcceptEncoding = accepted;
        await asset.SendAsync(http);
        return (http, body.ToArray());
    }

    private static byte[] Unpacked(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    private static string Text(PageAsset page) => Encoding.UTF8.GetString(page.Content);

    private static IEnumerable<string> References(string html) => Reference().Matches(html).Select(reference => reference.Groups["file"].Value);

    [GeneratedRegex("""(?:src|href)="(?:\.\./)?assets/(?<file>[^"]+)" """, RegexOptions.IgnorePatternWhitespace, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Reference();
}
