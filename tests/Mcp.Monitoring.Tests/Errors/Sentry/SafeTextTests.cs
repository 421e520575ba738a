using Mcp.Monitoring.Errors.Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain", 10, "plain")]
    [InlineData("Ошибка 😀\t1\r\n2", 30, "Ошибка 😀\t1\r\n2")]
    [InlineData("a\0b\u001b[31mc\u0085d", 30, "a\uFFFDb\uFFFD[31mc\uFFFDd")]
    [InlineData("12345", 5, "12345")]
    [InlineData("123456", 5, "1234…")]
    [InlineData("123😀6", 5, "123…")]
    [InlineData("12😀56", 5, "12😀…")]
    [InlineData("12", 1, "…")]
    [InlineData("12", 0, "")]
    public void Text_is_valid_and_within_its_limit(string text, int limit, string clean)
    {
        Assert.Equal(clean, SafeText.Clean(text, limit));
    }

    [Fact]
    public void Half_of_a_pair_is_replaced()
    {
        // Attributes are kept as UTF-8, which has no halves.
        Assert.Equal("a\uFFFDb", SafeText.Clean("a\uD83Db", 30));
        Assert.Equal("a\uFFFDb", SafeText.Clean("a\uDE00b", 30));
        Assert.Equal("\uFFFD\uFFFD", SafeText.Clean("\uDE00\uD83D", 30));
        Assert.Equal("a\uFFFD", SafeText.Clean("a\uD83D", 30));
        Assert.Equal("1…", SafeText.Clean("1\uD83D345", 3));
    }

    [Fact]
    public void Text_without_fault_is_not_copied()
    {
        string text = new('я', 100);

        Assert.Same(text, SafeText.Clean(text, 100));
    }

    [Fact]
    public void Line_has_no_breaks()
    {
        Assert.Equal("a b  c", SafeText.Line("a\tb\r\nc", 10));
    }

    [Theory]
    [InlineData("0af7651916cd43dd8448eb211c80319c", true)]
    [InlineData("0AF7651916cd43dd8448eb211c80319c", false)]
    [InlineData("00000000000000000000000000000000", false)]
    [InlineData("0af7651916cd43dd8448eb211c80319", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Id_has_its_digits_and_not_only_zeros(string? id, bool isId)
    {
        Assert.Equal(isId, SafeText.IsId(id, 32));
    }
}
