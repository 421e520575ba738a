using System.Text;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Infrastructure.Validation;

public class PrintableTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain text", "plain text")]
    [InlineData("погода 天気 🌦", "погода 天気 🌦")]
    [InlineData("two\r\nlines", "two\\u000d\\u000alines")]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("\0\u007f\u0085", "\\u0000\\u007f\\u0085")]
    [InlineData("\u2028\u2029", "\\u2028\\u2029")]
    [InlineData("safe\u202egnp.exe", "safe\\u202egnp.exe")]
    [InlineData("\u2066a\u2069\u200f\u061c", "\\u2066a\\u2069\\u200f\\u061c")]
    [InlineData("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff")]
    public void Text_stays_on_one_line_and_in_its_direction(string text, string shown)
    {
        Assert.Equal(shown, Printable.Cut(text));
    }

    [Theory]
    [InlineData(99, 99)]
    [InlineData(100, 100)]
    [InlineData(101, 101)]
    [InlineData(1_000_000, 101)]
    public void Text_has_at_most_100_characters_and_a_sign_that_there_were_more(int length, int shown)
    {
        string text = Printable.Cut(new string('x', length));

        Assert.Equal(shown, text.Length);
        Assert.Equal(length > 100, text.EndsWith('…'));
    }

    [Fact]
    public void Pair_of_surrogates_is_never_cut_in_half()
    {
        string text = Printable.Cut("x" + string.Concat(Enumerable.Repeat("🌦", 100)));

        Assert.DoesNotContain(text.EnumerateRunes(), rune => rune == Rune.ReplacementChar);
        Assert.EndsWith("🌦…", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_pair_becomes_the_replacement_character()
    {
        Assert.Equal("a\ufffdb\ufffd", Printable.Cut("a" + (char)0xD83C + "b" + (char)0xDF26));
    }

    [Fact]
    public void Escapes_do_not_make_a_text_long()
    {
        Assert.InRange(Printable.Cut(new string('\0', 1_000)).Length, 100, 110);
    }
}
