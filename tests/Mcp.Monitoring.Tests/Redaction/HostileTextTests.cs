using System.Diagnostics;
using System.Text;
using Mcp.Monitoring.Redaction;

namespace Mcp.Monitoring.Tests.Redaction;

/// <summary>Whoever writes the text must not decide how long it is looked at.</summary>
public class HostileTextTests
{
    private const int Characters = 100 * 1024;

    // Made up, and put together here, so that no scanner of repositories takes it for a real one.
    private static readonly string Token = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789";

    // Far above what it takes, which is a few milliseconds; far below what a second look at each character would.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(150);

    private static readonly string[] Parts =
    [
        "password", "=", ":", " ", "\"", "'", "\\", "&", ";", "?", "://", "@", "a", "7", "eyJ", ".", "-", "sk-", "xoxb-", "AKIA", "Bearer ", "Authorization: ", "Basic ", "code=", "%3D",
        "%26", "%3F", "token", "-----BEGIN ", "PRIVATE KEY", "-----", "-----END ", "\n", "\t", "{", "}", "[", "]", "***", "12345678:", "https://hooks.slack.com/services/", "Cookie: ",
        "é", "😀", "\uD83D", "\0", "\u202E", "\u0301", "ключ", ",", "_",
    ];

    public static TheoryData<string> Beginnings =>
    [
        .. Parts, "password=\"", "password='", "password=\"\\", "{\\\"password\\\":\\\"", "sk-sk-", "eyJ-", "eyJ.", "a://:x/", "://a:b", "authorization: a ", "code=code=", " code=", "?code=", ";password=",
        "password: a ", "password = ", "password\t=", "1:", "bearer a", "%3D%3D", "a%3Dtoken", "AKIA-", "-----BEGIN PRIVATE KEY", "]]]]=", "\"\"\"\":", "api key: ", "((((", "a=b;",
    ];

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Text_of_nothing_but_beginnings_takes_no_time(string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, (Characters / part.Length) + 1));

        TimeSpan taken = Enumerable.Range(0, 3).Min(_ => Time(text));

        Assert.True(taken < Longest, $"{taken.TotalMilliseconds} ms");
    }

    [Fact]
    public void Secret_in_random_text_is_found()
    {
        var random = new Random(20260301);
        for (int round = 0; round < 20_000; round++)
        {
            string text = $"{Make(random, random.Next(30))} {Token} {Make(random, random.Next(30))}";

            Assert.DoesNotContain(Token, SecretScrubber.Scrub(text), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Text_that_is_cut_ends_with_a_whole_character()
    {
        var random = new Random(7);
        for (int round = 0; round < 2_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, 200).Select(_ => random.Next(3) switch { 0 => "😀", 1 => "e\u0301", _ => "👨‍👩‍👧" }));
            int longest = random.Next(10, text.Length);

            string cut = TextCut.At(text, longest);

            Assert.InRange(cut.Length, 0, longest);
            Assert.StartsWith(cut, text, StringComparison.Ordinal);
            Assert.False(cut.Length > 0 && char.IsHighSurrogate(cut[^1]));
            Assert.NotEqual('\u0301', text[cut.Length]);
        }
    }

    [Fact]
    public void Text_as_long_as_may_be_is_not_cut()
    {
        Assert.Equal("abc", TextCut.At("abc", 3));
        Assert.Equal("ab", TextCut.At("abc", 2));
        Assert.Equal("", TextCut.At("abc", 0));
    }

    private static TimeSpan Time(string text)
    {
        long start = Stopwatch.GetTimestamp();
        SecretScrubber.Scrub(text);
        return Stopwatch.GetElapsedTime(start);
    }

    private static string Make(Random random, int parts)
    {
        var text = new StringBuilder();
        for (int i = 0; i < parts; i++)
        {
            text.Append(Parts[random.Next(Parts.Length)]);
        }

        return text.ToString();
    }
}
