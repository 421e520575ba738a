using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.OperationsTools.Tools;
using Mcp.Monitoring.Tests.Instrumentation.Mcp;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>Arguments that no model would write, and some that one does.</summary>
public sealed class FuzzTests
{
    private const int Calls = 5_000, Incident = 17;
    private const string HalfOfACharacter = "\\ud800";

    // What says nothing of the call, or comes from within the SDK or .NET.
    private static readonly string[] Unclear = ["An error occurred", "Exception", "System.", "   at ", "LineNumber", "BytePosition", "JsonElement", "Path: $", "Nullable"];

    private static readonly string[] Texts =
    [
        "", " ", "x", "get_order", "mcp_operations_total", "mcp_operation_duration_seconds", "outcome=\"server_error\"", "outcome=~\"(a+)+$\"", "{}", "null", "\0", "\ud83d\ude00", new('a', 300), new('[', 5_000),
        "../../etc/passwd", "'; DROP TABLE incidents; --", "${jndi:ldap://x}", "%s%n", "NaN", "-1", "operation", "rate", "value", "quantile", "tools", "open", "firing",
    ];

    private static readonly string[] Strangers = ["Number", "__proto__", "constructor", "", "number ", "\u202enumber", "arguments", "get_order"];

    [Fact]
    public async Task Server_answers_whatever_it_is_asked_and_says_what_is_wrong()
    {
        var random = new Random(20260301);
        await using var served = new ServedTools();
        Tool[] tools = [.. served.Factory.Reading().Concat(served.Factory.Acting()).Select(tool => tool.ProtocolTool)];
        using var session = new Session(Session.CreateOptions(options => options.ToolCollection = [.. served.Factory.Reading(), .. served.Factory.Acting()]), services: null);
        await session.AskAsync(Rpc.Initialize("fuzz", Rpc.Old));
        Dictionary<string, int> answered = tools.ToDictionary(tool => tool.Name, _ => 0, StringComparer.Ordinal), refused = new(answered, StringComparer.Ordinal);

        for (int id = 2; id < Calls + 2; id++)
        {
            Tool tool = tools[id % tools.Length];
            string arguments = ArgumentsOf(tool.InputSchema, random);
            JsonNode answer = JsonNode.Parse(await session.AskAsync(Rpc.Call(tool.Name, arguments, id)))!;

            Assert.Equal(id, (int?)answer["id"]);
            if (arguments.Contains(HalfOfACharacter, StringComparison.Ordinal) && answer["error"] is { } error)
            {
                // Half of a character is more than the SDK can carry: the call never comes to the tool.
                Assert.Equal(-32603, (int?)error["code"]);
                continue;
            }

            JsonNode result = answer["result"] ?? throw new Xunit.Sdk.XunitException($"{tool.Name} {arguments}: {answer.ToJsonString()}");
            JsonNode text = JsonNode.Parse((string)result["content"]![0]!["text"]!) ?? throw new Xunit.Sdk.XunitException($"{tool.Name} {arguments}: no JSON");
            if ((bool?)result["isError"] == true)
            {
                refused[tool.Name]++;
                string words = (string)text["error"]!;
                Assert.Matches(@"^\w[^\r\n]{10,400}\.$", words);
                Assert.DoesNotContain(Unclear, unclear => words.Contains(unclear, StringComparison.Ordinal));
            }
            else
            {
                answered[tool.Name]++;
                Assert.NotNull(result["structuredContent"]);
            }
        }

        // Of each there is enough for the other to mean something.
        Assert.All(answered, calls => Assert.True(calls.Value >= 20, $"{calls.Key} has answered {calls.Value} times only."));
        Assert.All(refused, calls => Assert.True(calls.Value >= 40, $"{calls.Key} has refused {calls.Value} times only."));
        Assert.Contains("critical", await session.AskAsync(Rpc.Call(ToolNames.Status)), StringComparison.Ordinal);
        await session.StopAsync();
    }

    // Mostly the arguments that the tool has, often as they should be; a call with nothing wrong in it comes further.
    private static string ArgumentsOf(JsonElement schema, Random random)
    {
        var given = schema.GetProperty("properties").EnumerateObject().Where(_ => random.Next(3) > 0)
            .Select(argument => $"{Rpc.Text(argument.Name)}:{(random.Next(4) > 0 ? RightOf(argument.Value, random) : WrongOf(random, 0))}");
        string[] strange = random.Next(6) == 0 ? [$"{Rpc.Text(Strangers[random.Next(Strangers.Length)])}:{WrongOf(random, 0)}"] : [];
        return $"{{{string.Join(',', given.Concat(strange))}}}";
    }

    private static string RightOf(JsonElement argument, Random random) => argument.GetProperty("type").GetString() switch
    {
        "integer" => random.Next(2) == 0 ? Incident.ToString(CultureInfo.InvariantCulture) : random.Next(10, 60).ToString(CultureInfo.InvariantCulture),
        "number" => random.NextDouble().ToString(CultureInfo.InvariantCulture),
        "array" => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Rpc.Text(Texts[random.Next(Texts.Length)])))}]",
        _ when argument.TryGetProperty("enum", out JsonElement choices) => choices[random.Next(choices.GetArrayLength())].GetRawText(),
        _ => random.Next(2) == 0 ? Rpc.Text("get_order") : Rpc.Text(Texts[2 + random.Next(6)]),
    };

    private static string WrongOf(Random random, int depth) => random.Next(depth > 3 ? 7 : 10) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(-5, 60).ToString(CultureInfo.InvariantCulture),
        3 => ((string[])["1e308", "-1e308", "1e-308", "9223372036854775807", "99999999999999999999999", "0.5", "17", "1.0"])[random.Next(8)],
        4 => "17",
        5 or 6 => Rpc.Text(Texts[random.Next(Texts.Length)]),
        7 => ((string[])[$"\"{HalfOfACharacter}\"", "\"\\u0000\"", "[[[[[[]]]]]]"])[random.Next(3)],
        8 => $"[{string.Join(',', Enumerable.Range(0, random.Next(12)).Select(_ => WrongOf(random, depth + 1)))}]",
        _ => $"{{\"a\":{WrongOf(random, depth + 1)}}}",
    };
}
