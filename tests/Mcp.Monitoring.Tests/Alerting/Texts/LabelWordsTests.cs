using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Alerting.Texts;

/// <summary>Whatever stands in a label of a closed list is said in the language of the message.</summary>
public class LabelWordsTests
{
    private static readonly AlertTexts Russian = AlertTexts.In(AlertLanguage.Ru);

    [Fact]
    public void Each_type_of_error_has_a_word_of_its_own()
    {
        string[] said = [.. Enum.GetValues<ErrorType>().Select(type => Russian.Error(type.Label()))];

        Assert.All(said, word => Assert.Matches(@"\p{IsCyrillic}", word));
        Assert.Distinct(said, StringComparer.Ordinal);
    }

    [Fact]
    public void Each_kind_of_operation_has_a_word_of_its_own()
    {
        string[] said = [.. Enum.GetValues<OperationType>().Select(type => Russian.Kind(type.Label()))];

        Assert.All(said, word => Assert.Matches(@"^[\p{IsCyrillic} ]+$", word));
        Assert.Distinct(said, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("timeout", "таймаут", "timeout")]
    [InlineData("rejected", "circuit breaker отклонил", "rejected by the breaker")]
    [InlineData("error", "прочие", "other")]
    [InlineData("SocketException", "SocketException", "SocketException")]
    public void Outcome_of_a_call_is_said_in_words_and_a_foreign_one_stays(string outcome, string russian, string english)
    {
        Assert.Equal((russian, english), (Russian.Outcome(outcome), AlertTexts.English.Outcome(outcome)));
    }
}
