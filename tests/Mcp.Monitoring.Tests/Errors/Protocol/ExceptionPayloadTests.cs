using System.Text.Json;
using Mcp.Monitoring.Errors;

namespace Mcp.Monitoring.Tests.Errors.Protocol;

public sealed class ExceptionPayloadTests
{
    [Fact]
    public void Innermost_exception_is_the_first_and_each_knows_its_parent()
    {
        JsonElement[] values = Values(Envelopes.Thrown("outer", Envelopes.Thrown("middle", new TimeoutException("inner"))));

        Assert.Equal(["inner", "middle", "outer"], values.Select(value => value.Text("value")), StringComparer.Ordinal);
        Assert.Equal(
            [
                """{"type":"chained","exception_id":2,"parent_id":1,"source":"InnerException"}""",
                """{"type":"chained","exception_id":1,"parent_id":0,"source":"InnerException"}""",
                """{"type":"auto.test","handled":false,"exception_id":0,"data":{"error_type":"tool_execution"}}""",
            ],
            values.Select(value => value.GetProperty("mechanism").GetRawText()),
            StringComparer.Ordinal);
        Assert.Equal(["System.TimeoutException", "System.InvalidOperationException", "System.InvalidOperationException"], values.Select(value => value.Text("type")), StringComparer.Ordinal);
        Assert.All(values, value => Assert.Equal("System.Private.CoreLib", value.Text("module")));
    }

    [Fact]
    public void Group_of_exceptions_is_a_tree()
    {
        var group = new AggregateException("both", new AggregateException("first", new TimeoutException("a")), new InvalidOperationException("second", new TimeoutException("b")));

        JsonElement[] values = Values(group);

        Assert.Equal(["b", "second", "a", "first (a)", "both (first (a)) (second)"], values.Select(value => value.Text("value")), StringComparer.Ordinal);
        Assert.Equal(
            [
                "4 of 3 InnerException", "3 of 0 InnerExceptions[1]", "2 of 1 InnerExceptions[0]", "1 of 0 InnerExceptions[0] group", "0 of   group",
            ],
            values.Select(value => value.GetProperty("mechanism")).Select(mechanism =>
                $"{mechanism.Text("exception_id")} of {mechanism.Text("parent_id")} {mechanism.Text("source")}{(mechanism.Text("is_exception_group") == "true" ? " group" : "")}"),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Exception_without_a_mechanism_is_a_generic_one_of_which_nobody_knows_whether_it_was_handled()
    {
        JsonElement mechanism = Envelopes.Payload(new SentryEvent { Exception = new TimeoutException() }).GetProperty("exception").GetProperty("values")[0].GetProperty("mechanism");

        Assert.Equal("""{"type":"generic","exception_id":0}""", mechanism.GetRawText());
    }

    [Fact]
    public void Frames_say_whose_they_are()
    {
        JsonElement frame = Values(Envelopes.Thrown("broken", null))[0].GetProperty("stacktrace").Array("frames").Last();

        Assert.Equal("Thrown", frame.Text("function"));
        Assert.Equal("Mcp.Monitoring.Tests.Errors.Envelopes", frame.Text("module"));
        Assert.Equal("Mcp.Monitoring.Tests", frame.Text("package"));
        Assert.Equal("Envelopes.cs", frame.Text("filename"));
        Assert.EndsWith("ErrorTracking/Envelopes.cs", frame.Text("abs_path")!.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.True(frame.GetProperty("lineno").GetInt32() > 0);
        Assert.True(frame.GetProperty("in_app").GetBoolean());
    }

    [Fact]
    public void Of_a_chain_without_end_fifty_exceptions_are_sent_with_the_one_that_was_caught()
    {
        Exception chain = new TimeoutException("0");
        for (int i = 1; i <= 5_000; i++)
        {
            chain = new InvalidOperationException($"{i}", chain);
        }

        JsonElement[] values = Values(chain);

        Assert.Equal(50, values.Length);
        Assert.Equal("5000", values[^1].Text("value"));
    }

    [Fact]
    public void Group_of_thousands_is_sent_in_part()
    {
        JsonElement[] values = Values(new AggregateException("many", Enumerable.Range(0, 5_000).Select(i => new TimeoutException($"{i}"))));

        Assert.Equal(50, values.Length);
        Assert.Equal("InnerExceptions[48]", values[0].GetProperty("mechanism").Text("source"));
    }

    [Fact]
    public void Exception_whose_message_throws_is_sent_nevertheless()
    {
        JsonElement value = Assert.Single(Values(new Hostile()));

        Assert.EndsWith("Hostile", value.Text("type"), StringComparison.Ordinal);
        Assert.Equal("[its message cannot be read]", value.Text("value"));
    }

    private static JsonElement[] Values(Exception exception)
    {
        var item = new SentryEvent { Exception = exception, MechanismType = "auto.test", IsHandled = false };
        item.MechanismData["error_type"] = "tool_execution";
        return [.. Envelopes.Payload(item).GetProperty("exception").Array("values")];
    }

    private sealed class Hostile : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
