using Mcp.Monitoring.Errors.Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

public sealed class DsnTests
{
    [Theory]
    [InlineData("https://abc@sentry.example.com/42", "https://sentry.example.com/api/42/envelope/")]
    [InlineData("http://abc@127.0.0.1:9000/42", "http://127.0.0.1:9000/api/42/envelope/")]
    [InlineData("https://abc@sentry.example.com:443/42", "https://sentry.example.com/api/42/envelope/")]
    [InlineData("https://abc@sentry.example.com/errors/behind/42", "https://sentry.example.com/errors/behind/api/42/envelope/")]
    [InlineData("https://abc@[::1]:9000/42", "https://[::1]:9000/api/42/envelope/")]
    [InlineData("https://abc@sentry.example.com/my-project", "https://sentry.example.com/api/my-project/envelope/")]
    public void Endpoint_is_of_the_project_at_the_end_of_the_path(string text, string endpoint)
    {
        Assert.True(Dsn.TryParse(text, out Dsn? dsn, out _));
        Assert.Equal(endpoint, dsn.Endpoint.AbsoluteUri);
        Assert.Equal("abc", dsn.PublicKey);
    }

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData(" ", "is empty")]
    [InlineData("https://key@h/1 ", "has whitespace in it")]
    [InlineData("https://ke y@h/1", "has whitespace in it")]
    [InlineData("https://key@h/1\r\nX-Other: 1", "has whitespace in it")]
    [InlineData("key@h/1", "is no address of the form https://<key>@<host>/<project>")]
    [InlineData("ftp://key@h/1", "begins neither with https:// nor with http://")]
    [InlineData("https://h/1", "has no key before the @")]
    [InlineData("https://:secret@h/1", "has no key before the @")]
    [InlineData("https://key@h", "has no project at its end")]
    [InlineData("https://key@h/", "has no project at its end")]
    [InlineData("https://key@h/1/", "ends in a slash, where its project belongs")]
    [InlineData("https://key@h/1?timeout=1", "has more behind its project")]
    [InlineData("https://key@h/1#a", "has more behind its project")]
    [InlineData("https://key@h/a%2Fb", "has a project with characters that no project has")]
    [InlineData("https://k,sentry_key=b@h/1", "has a key with characters that no key has")]
    [InlineData("https://key:s%0Ax@h/1", "has a key with characters that no key has")]
    public void What_is_no_DSN_is_named(string? text, string problem)
    {
        Assert.False(Dsn.TryParse(text, out _, out string? found));
        Assert.Equal(problem, found);
    }

    [Fact]
    public void Key_and_secret_are_not_printed()
    {
        Assert.True(Dsn.TryParse("https://abc:old@h/1", out Dsn? dsn, out _));
        Assert.Equal("https://***@h/1", dsn.ToString());
    }
}
