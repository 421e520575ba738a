using System.Diagnostics;
using System.Text;
using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Tests.Infrastructure.Redaction;

/// <summary>Whoever writes the text must not decide how long it is looked at.</summary>
public class HostileTextTests
{
    private const int Few = 8 * 1024;
    private const int Many = 8 * Few;
    // Eight times the text takes eight times as long; with a second look at each character it would be 64 times.
    private const double MostTimes = 24;
    private const int MostRounds = 200;
    private const int FewOfUnits = 32 * 1024;
    private const int ManyOfUnits = 8 * FewOfUnits;
    private const int MostParts = 3;
    private const int Units = 60;
    private const string Signs = "password=:\"'{}<>&%\\;,- ";

    // Made up, and put together here, so that no scanner of repositories takes it for a real one.
    private static readonly string Token = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly string[] Parts =
    [
        "password", "=", ":", " ", "\"", "'", "\\", "&", ";", "?", "://", "@", "a", "7", "eyJ", ".", "-", "sk-", "xoxb-", "AKIA", "Bearer ", "Authorization: ", "Basic ", "code=", "%3D",
        "%26", "%3F", "%20", "token", "-----BEGIN ", "PRIVATE KEY", "-----", "-----END ", "\n", "\r\n", "\t", "{", "}", "[", "]", "(", ")", "***", "12345678:", "https://hooks.slack.com/services/", "Cookie: ",
        "é", "😀", "\uD83D", "\0", "\u202E", "\u0301", "ключ", "пароль: ", ",", "_", "<", ">", "</", "/>", "<password>", "</password>", "<a b=\"", "<![CDATA[", "]]>", "&quot;", "&lt;", "&amp;", "\\\"",
        "\\u0022", "--password ", "=>", "->", ":=", "`", "«", "»", "name=\"", "\"name\":\"password\",\"value\":", "|\n  ", "{\"type\":", "N'", "\"\"", "''", "PASSWORD '", "https://a:b", "@tcp(", "jdbc:oracle:x:",
        "${", "{{", "}}", "Pwd={", "#", "*", "must be", "null", "pass", "pwd", "pw", "<!--", "-->", "123:", "<token", "</token", "<key>password</key>", "<string>", "secret", "credentials",
        "VALUES (", "INSERT INTO t (password) ", "IDENTIFIED BY ", "$$", " LIKE ", " IN (", "curl -u ", "set ", " for ", "(new)", "[\"", "provided", "tokens", "[a].[b]", ".token", "=%s",
    ];

    /// <summary>Gets what an attacker wrote again and again, so that for each beginning of a value its end was sought up to the end of the text.</summary>
    public static TheoryData<string> Unended =>
    [
        "=<pass", "</password=:", "://a<password=", "=<\\u0022pass", "://123:<!--password=", "pass=><![CDATA[", "token=>", "=>pass", "=://pass", ":password=", "secret=://", "<token><secret>",
        "<password><a>", "<token1><token2></token", "{password: is ", ",password: is }", "password=(", "authorization:***", "sk-a7-", "<entry name='password'>",
    ];

    public static TheoryData<string> Beginnings =>
    [
        .. Parts, "password=\"", "password='", "password=\"\\", "{\\\"password\\\":\\\"", "sk-sk-", "eyJ-", "eyJ.", "a://:x/", "://a:b", "authorization: a ", "code=code=", " code=", "?code=", ";password=",
        "password: a ", "password = ", "password\t=", "1:", "bearer a", "%3D%3D", "a%3Dtoken", "AKIA-", "-----BEGIN PRIVATE KEY", "]]]]=", "\"\"\"\":", "api key: ", "((((", "a=b;", "password={", "password=[",
        "(password: a ", "(\"token\", \"a", "password=\"\"a", "authorization: bearer \"a", "<password><a", "\"password\":N'a", "\npassword: |\n\n", "password=a,", "[password, ", "{\"password\":{\"a\":", "password=a;",
    ];

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Time_grows_with_the_text_and_no_faster(string part)
    {
        Assert.InRange(Times(Repeat(part, Few), Repeat(part, Many)), 0, MostTimes);
    }

    [Theory]
    [MemberData(nameof(Unended))]
    public void Time_grows_no_faster_with_values_that_have_no_end(string unit)
    {
        Assert.InRange(Times(Repeat(unit, FewOfUnits), Repeat(unit, ManyOfUnits)), 0, MostTimes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Time_grows_no_faster_with_units_of_the_grammar(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < Units; round++)
        {
            string head = Make(random, random.Next(MostParts)), unit = Make(random, random.Next(1, MostParts + 1)), tail = Make(random, random.Next(MostParts));

            double times = Times(head + Repeat(unit, FewOfUnits) + tail, head + Repeat(unit, ManyOfUnits) + tail);

            Assert.True(times < MostTimes, $"{times:F0} times for {head} | {unit} | {tail}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Time_grows_no_faster_with_text_of_random_parts(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 25; round++)
        {
            string part = Make(random, random.Next(2, 8));

            double times = Times(Repeat(part, Few), Repeat(part, Many));

            Assert.True(times < MostTimes, $"{times:F0} times for {part}");
        }
    }

    [Fact]
    public void Text_of_a_megabyte_is_scrubbed_whole()
    {
        const string Line = "14:02:07 cannot open Server=db;Password={hunter2};Database=orders: {\"token\":\"hunter2\"} <password>hunter2</password>\r\n";
        string text = Repeat(Line, 1024 * 1024);

        string clean = SecretScrubber.ScrubWhole(text);

        Assert.DoesNotContain("hunter2", clean, StringComparison.Ordinal);
        Assert.Equal(text.Replace("hunter2", "***", StringComparison.Ordinal), clean);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_the_text_is_it_does_not_throw_and_what_is_clean_stays_as_it_is(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++)
        {
            string text = round % 2 == 0 ? Make(random, random.Next(14)) : Noise(random, random.Next(60));

            string clean = SecretScrubber.Scrub(text);

            Assert.Same(clean, SecretScrubber.Scrub(clean));
        }
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

    // The machine may be busy: what counts is the shortest time of each, over rounds as many as it takes.
    private static double Times(string few, string many)
    {
        TimeSpan shortest = TimeSpan.MaxValue, longest = TimeSpan.MaxValue;
        for (int round = 0; round < MostRounds; round++)
        {
            shortest = Min(shortest, Time(few));
            longest = Min(longest, Time(many));
            if (round > 2 && longest / shortest < MostTimes)
            {
                break;
            }
        }

        return longest / shortest;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Time(string text)
    {
        long start = Stopwatch.GetTimestamp();
        SecretScrubber.ScrubWhole(text);
        return Stopwatch.GetElapsedTime(start);
    }

    private static string Repeat(string part, int characters) => string.Concat(Enumerable.Repeat(part, (characters / part.Length) + 1));

    private static string Noise(Random random, int characters) =>
        string.Create(characters, random, static (text, random) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = random.Next(3) switch { 0 => (char)random.Next(0x10000), 1 => (char)random.Next(0x80), _ => Signs[random.Next(Signs.Length)] };
            }
        });

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
