using System.Globalization;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Tests.Instrumentation.Mcp;

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>Arguments that no model would write, and some that one does.</summary>
public sealed class FuzzTests
{
    private const int Calls = 5_000;

    private static readonly string[] Texts =
    [
        "", " ", "x", "get_order", "mcp_operations_total", "mcp_operation_duration_seconds", "outcome=\"server_error\"", "outcome=~\"(a+)+$\"", "{}", "null", "\0", "\ud83d\ude00", new('a', 300), new('[', 5_000),
        "../../etc/passwd", "'; DROP TABLE incidents; --", "${jndi:ldap://x}", "%s%n", "NaN", "-1", "operation", "rate", "value", "quantile", "tools", "open", "firing",
    ];

    private static readonly string[] Names = ["number", "state", "limit", "type", "name", "operation", "metric", "labels", "by", "function", "of", "quantile", "below", "window", "minutes", "comment", "__proto__", ""];

    [Fact]
    public async Task Server_answers_whatever_it_is_asked_and_says_what_is_wrong()
    {
        var random = new Random(20260301);
        await using var served = new ServedTools();
        string[] tools = [.. served.Factory.Reading().Concat(served.Factory.Acting()).Select(tool => tool.ProtocolTool.Name)];
        using var session = new Session(Session.CreateOptions(options => options.ToolCollection = [.. served.Factory.Reading(), .. served.Factory.Acting()]), services: null);
        await session.AskAsync(Rpc.Initialize("fuzz", Rpc.Old));
        int answered = 0, refused = 0;

        for (int id = 2; id < Calls + 2; id++)
        {
            string tool = tools[random.Next(tools.Length)];
            string arguments = ArgumentsOf(random);
            JsonNode answer = JsonNode.Parse(await session.AskAsync(Rpc.Call(tool, arguments, id)))!;

            Assert.Equal(id, (int?)answer["id"]);
            if (arguments.Contains("\\ud800", StringComparison.Ordinal) && answer["error"] is { } error)
            {
                // Half of a character is more than the SDK can carry.
                Assert.Equal(-32603, (int?)error["code"]);
                continue;
            }

            JsonNode result = answer["result"] ?? throw new Xunit.Sdk.XunitException($"{tool} {arguments}: {answer.ToJsonString()}");
            JsonNode text = JsonNode.Parse((string)result["content"]![0]!["text"]!) ?? throw new Xunit.Sdk.XunitException($"{tool} {arguments}: no JSON");
            if ((bool?)result["isError"] == true)
            {
                refused++;
                Assert.Matches(@"^\w[^\r\n]{10,400}\.$", (string?)text["error"]);
            }
            else
            {
                answered++;
                Assert.NotNull(result["structuredContent"]);
            }
        }

        // Of each there is enough for the other to mean something.
        Assert.InRange(answered, 250, Calls);
        Assert.InRange(refused, 1_000, Calls);
        Assert.Contains("critical", await session.AskAsync(Rpc.Call("get_status")), StringComparison.Ordinal);
        await session.StopAsync();
    }

    private static string ArgumentsOf(Random random) =>
        $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Names[random.Next(Names.Length)]).Distinct(StringComparer.Ordinal).Select(name => $"{Rpc.Text(name)}:{ValueOf(random, 0)}"))}}}";

    private static string ValueOf(Random random, int depth) => random.Next(depth > 3 ? 7 : 10) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(-5, 60).ToString(CultureInfo.InvariantCulture),
        3 => ((string[])["1e308", "-1e308", "1e-308", "9223372036854775807", "99999999999999999999999", "0.5", "17", "1.0"])[random.Next(8)],
        4 => "17",
        5 or 6 => Rpc.Text(Texts[random.Next(Texts.Length)]),
        7 => ((string[])["\"\\ud800\"", "\"\\u0000\"", "[[[[[[]]]]]]"])[random.Next(3)],
        8 => $"[{string.Join(',', Enumerable.Range(0, random.Next(12)).Select(_ => ValueOf(random, depth + 1)))}]",
        _ => $"{{\"a\":{ValueOf(random, depth + 1)}}}",
    };
}
