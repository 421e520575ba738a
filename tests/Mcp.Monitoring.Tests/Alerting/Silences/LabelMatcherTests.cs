using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Silences;

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
