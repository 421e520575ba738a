using System.Text.Json;
using Mcp.Monitoring.OperationsTools.Calls;

namespace Mcp.Monitoring.Tests.OperationsTools;

public sealed class ToolArgumentsTests
{
    private static readonly TextArgument Name = new("name", "A name.") { IsRequired = true, Longest = 5 };
    private static readonly IntegerArgument Limit = new("limit", "A limit.", 1, 50) { Usual = 20 };
    private static readonly NumberArgument Share = new("share", "A share.", 0, 1);
    private static readonly ChoiceArgument State = new("state", "A state.", ["open", "all"]);
    private static readonly TextsArgument By = new("by", "Labels.");
    private static readonly ToolDescription Tool = new() { Name = "tool", Title = "Tool", Description = "A tool.", Arguments = [Name, Limit, Share, State, By] };

    [Theory]
    [InlineData("""{"name":"abcde","limit":50,"share":0.5,"state":"all","by":["a","b"]}""", "abcde 50 0.5 all a,b")]
    [InlineData("""{"name":"a","limit":1.0,"share":1,"by":[]}""", "a 1 1  ")]
    [InlineData("""{"name":"a","limit":null,"state":null}""", "a 20   ")]
    public void Arguments_are_read(string json, string expected)
    {
        ToolArguments arguments = Read(json);

        Assert.Equal(expected, string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{arguments.Text(Name)} {arguments.Integer(Limit)} {arguments.Number(Share)} {arguments.Text(State)} {string.Join(',', arguments.Texts(By))}"));
    }

    [Theory]
    [InlineData("{}", "The argument name is missing: it must be a text of 1 to 5 characters.")]
    [InlineData("""{"name":null}""", "The argument name is missing: it must be a text of 1 to 5 characters.")]
    [InlineData("""{"name":""}""", "The argument name must be a text of 1 to 5 characters.")]
    [InlineData("""{"name":"abcdef"}""", "The argument name must be a text of 1 to 5 characters.")]
    [InlineData("""{"name":7}""", "The argument name must be a text of 1 to 5 characters.")]
    [InlineData("""{"name":"\ud800"}""", "The argument name must be a text of 1 to 5 characters.")]
    [InlineData("""{"name":"a","limit":0}""", "The argument limit must be a whole number from 1 to 50.")]
    [InlineData("""{"name":"a","limit":51}""", "The argument limit must be a whole number from 1 to 50.")]
    [InlineData("""{"name":"a","limit":1.5}""", "The argument limit must be a whole number from 1 to 50.")]
    [InlineData("""{"name":"a","limit":1e300}""", "The argument limit must be a whole number from 1 to 50.")]
    [InlineData("""{"name":"a","limit":"20"}""", "The argument limit must be a whole number from 1 to 50.")]
    [InlineData("""{"name":"a","share":1.1}""", "The argument share must be a number from 0 to 1.")]
    [InlineData("""{"name":"a","state":"closed"}""", "The argument state must be one of open, all.")]
    [InlineData("""{"name":"a","by":"a"}""", "The argument by must be a list of at most 10 texts of 1 to 200 characters.")]
    [InlineData("""{"name":"a","by":[1]}""", "The argument by must be a list of at most 10 texts of 1 to 200 characters.")]
    [InlineData("""{"name":"a","by":["\udc00"]}""", "The argument by must be a list of at most 10 texts of 1 to 200 characters.")]
    [InlineData("""{"name":"a","by":["1","2","3","4","5","6","7","8","9","10","11"]}""", "The argument by must be a list of at most 10 texts of 1 to 200 characters.")]
    [InlineData("""{"name":"a","nmae":"b"}""", "tool has no such argument. It takes: name, limit, share, state, by.")]
    public void Argument_that_is_not_as_it_must_be_is_refused_in_words(string json, string expected) => Assert.Equal(expected, Assert.Throws<RefusedCall>(() => Read(json)).Message);

    [Fact]
    public void Name_of_an_unknown_argument_is_no_word_of_ours() => Assert.Equal("x y", Assert.Throws<RefusedCall>(() => Read("""{"name":"a","x y":1}""")).Asked);

    private static ToolArguments Read(string json) =>
        ToolArguments.Read(Tool, JsonDocument.Parse(json).RootElement.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value)));
}
