using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting;

public class LabelMatcherTests(ITestOutputHelper output)
{
    private static readonly string[] Words = ["", "a", "ab", "b", "A", "5", "5.", "a_b", "a-b", "a b", "é", "a|b"];

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 5), Random.Shared.Next()];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Alternatives_match_what_their_expression_matches(int seed)
    {
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 200; i++)
        {
            string expression = string.Join('|', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Words[random.Next(Words.Length)]));
            var expected = new Regex($"^(?:{expression})\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

            LabelMatcher matches = LabelMatcher.Parse($"name=~\"{expression}\""), differs = LabelMatcher.Parse($"name!~\"{expression}\"");

            Assert.All(Words, word => Assert.Equal(expected.IsMatch(word), matches.Matches(word)));
            Assert.All(Words, word => Assert.Equal(!expected.IsMatch(word), differs.Matches(word)));
        }
    }

    [Theory]
    [InlineData("""path="C:\\temp\\new" """, """C:\temp\new""")]
    [InlineData("""said="a \"quoted\" word" """, "a \"quoted\" word")]
    [InlineData("""said="two\nlines" """, "two\nlines")]
    [InlineData("""version=~"1\\.2" """, """1\.2""")]
    [InlineData("""version=~"1\.2" """, """1\.2""")] // what many write
    public void Escapes_are_read_as_Prometheus_reads_them(string text, string value)
    {
        LabelMatcher matcher = LabelMatcher.Parse(text.Trim());

        Assert.Equal(value, matcher.Value);
        Assert.Equal(matcher, LabelMatcher.Parse(matcher.ToString()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_written_is_read_as_the_same(int seed)
    {
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        const string Letters = "ab\\\"\n .n*é=,'";
        for (int i = 0; i < 500; i++)
        {
            string value = new([.. Enumerable.Range(0, random.Next(12)).Select(_ => Letters[random.Next(Letters.Length)])]);
            LabelMatcher matcher = LabelMatcher.Equal("name", value);

            Assert.Equal(value, LabelMatcher.Parse(matcher.ToString()).Value);
        }
    }

    [Theory]
    [InlineData("name=~\"success|tool_error\"")]
    [InlineData("name!~\"success|tool_error\"")]
    [InlineData("name=~\"5..\"")]
    [InlineData("name=\"success\"")]
    public void Match_costs_no_memory(string text)
    {
        LabelMatcher matcher = LabelMatcher.Parse(text);
        matcher.Matches("success");

        Assert.Equal(0, Allocation.Bytes(() => matcher.Matches("server_error")));
    }
}
