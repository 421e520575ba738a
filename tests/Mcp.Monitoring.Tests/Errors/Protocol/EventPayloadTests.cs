using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Errors;

namespace Mcp.Monitoring.Tests.Errors.Protocol;

public sealed class EventPayloadTests
{
    [Fact]
    public void Event_says_what_it_knows()
    {
        var item = new SentryEvent
        {
            Timestamp = new DateTimeOffset(2026, 3, 1, 15, 0, 0, TimeSpan.FromHours(3)).AddTicks(1_234_567),
            Level = SentryLevel.Fatal,
            Message = "Tool get_weather failed",
            MessageTemplate = "Tool {Tool} failed",
            Logger = "Shop.Orders",
            Transaction = "tools/call get_weather",
            Environment = "production",
            Release = "shop@1.2.3",
            ServerName = "host-1",
            UserId = "u1",
            TraceId = Envelopes.TraceId,
            SpanId = Envelopes.SpanId,
            ParentSpanId = "00f067aa0ba902b7",
            Request = new SentryRequest { Method = "POST", Url = "http://host/orders/{id}" },
        };
        item.Request.Headers["User-Agent"] = "client/1";
        item.Tags["mcp.tool.name"] = "get_weather";
        item.Fingerprint.Add("a");
        item.Fingerprint.Add("b");

        JsonElement payload = Envelopes.Payload(item);

        Assert.Equal(item.EventId, payload.Text("event_id"));
        Assert.Matches("^[0-9a-f]{32}$", item.EventId);
        Assert.Equal("2026-03-01T12:00:00.123456Z", payload.Text("timestamp"));
        Assert.Equal("csharp", payload.Text("platform"));
        Assert.Equal("fatal", payload.Text("level"));
        Assert.Equal("""{"message":"Tool {Tool} failed","formatted":"Tool get_weather failed"}""", payload.Text("logentry"));
        Assert.Equal("Shop.Orders", payload.Text("logger"));
        Assert.Equal("tools/call get_weather", payload.Text("transaction"));
        Assert.Equal("production", payload.Text("environment"));
        Assert.Equal("shop@1.2.3", payload.Text("release"));
        Assert.Equal("host-1", payload.Text("server_name"));
        Assert.Equal("""{"id":"u1"}""", payload.Text("user"));
        Assert.Equal("""{"method":"POST","url":"http://host/orders/{id}","headers":{"User-Agent":"client/1"}}""", payload.Text("request"));
        Assert.Equal("""{"mcp.tool.name":"get_weather"}""", payload.Text("tags"));
        Assert.Equal("""["a","b"]""", payload.Text("fingerprint"));
        Assert.Equal(
            $$"""{"trace_id":"{{Envelopes.TraceId}}","span_id":"{{Envelopes.SpanId}}","parent_span_id":"00f067aa0ba902b7"}""", payload.GetProperty("contexts").Text("trace"));
        Assert.Equal("mcp.monitoring.dotnet", payload.GetProperty("sdk").Text("name"));
        Assert.Equal("nuget:Mcp.Monitoring", payload.GetProperty("sdk").GetProperty("packages")[0].Text("name"));
    }

    [Fact]
    public void What_is_not_known_is_not_there()
    {
        JsonElement payload = Envelopes.Payload(new SentryEvent());

        Assert.Equal(
            ["contexts", "event_id", "level", "platform", "sdk", "timestamp"], payload.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Contexts_tell_of_runtime_system_machine_and_application_and_those_of_the_event_win()
    {
        var item = new SentryEvent();
        item.Contexts["runtime"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = "other" };
        item.Contexts["mcp"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["tool"] = "get_weather" };

        JsonElement contexts = Envelopes.Payload(item).GetProperty("contexts");

        Assert.Equal("other", contexts.GetProperty("runtime").Text("name"));
        Assert.Equal(Environment.Version.ToString(), contexts.GetProperty("runtime").Text("version"));
        Assert.NotNull(contexts.GetProperty("os").Text("name"));
        Assert.Equal("host-1", contexts.GetProperty("device").Text("name"));
        Assert.Equal("app@1.2.3", contexts.GetProperty("app").Text("app_version"));
        Assert.Equal("get_weather", contexts.GetProperty("mcp").Text("tool"));
    }

    [Theory]
    [InlineData("xyz", Envelopes.SpanId)]
    [InlineData("00000000000000000000000000000000", Envelopes.SpanId)]
    [InlineData(Envelopes.TraceId, null)]
    [InlineData(Envelopes.TraceId, "B7AD6B7169203331")]
    public void Trace_that_Sentry_would_refuse_is_not_sent(string? trace, string? span)
    {
        JsonElement payload = Envelopes.Payload(new SentryEvent { TraceId = trace, SpanId = span });

        Assert.Null(payload.GetProperty("contexts").Text("trace"));
    }

    [Fact]
    public void Tags_are_as_Sentry_demands_them()
    {
        var item = new SentryEvent();
        item.Tags["bad key!"] = "a\nb";
        item.Tags["bad-key?"] = "c";
        item.Tags["bad_key?"] = "second of its name";
        item.Tags[new string('k', 33)] = new string('v', 201);
        item.Tags[""] = "no key";
        item.Tags["empty"] = "";

        JsonElement tags = Envelopes.Payload(item).GetProperty("tags");

        Assert.Equal(
            ["bad_key_=a b", "bad-key_=c", $"{new string('k', 32)}={new string('v', 199)}…"], tags.EnumerateObject().Select(tag => $"{tag.Name}={tag.Value.GetString()}"),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Only_so_many_of_everything_are_sent()
    {
        var item = new SentryEvent { Message = new string('m', 10_000) };
        for (int i = 0; i < 200; i++)
        {
            item.Tags[$"t{i}"] = "v";
            item.Extra[$"e{i}"] = "v";
            item.Fingerprint.Add($"f{i}");
            item.Breadcrumbs.Add(new SentryBreadcrumb { Message = $"b{i}" });
        }

        JsonElement payload = Envelopes.Payload(item);

        Assert.Equal(8_192, payload.GetProperty("logentry").Text("formatted")!.Length);
        Assert.Equal(50, payload.GetProperty("tags").EnumerateObject().Count());
        Assert.Equal(100, payload.GetProperty("extra").EnumerateObject().Count());
        Assert.Equal(20, payload.Array("fingerprint").Count());
        Assert.Equal(Enumerable.Range(100, 100).Select(i => $"b{i}"), payload.GetProperty("breadcrumbs").Array("values").Select(breadcrumb => breadcrumb.Text("message")!), StringComparer.Ordinal);
    }

    [Fact]
    public void Of_breadcrumbs_that_are_too_long_together_the_last_ones_are_sent()
    {
        var item = new SentryEvent();
        for (int i = 0; i < 100; i++)
        {
            item.Breadcrumbs.Add(new SentryBreadcrumb { Message = $"{i} {new string('x', 8_000)}" });
        }

        JsonElement[] breadcrumbs = [.. Envelopes.Payload(item).GetProperty("breadcrumbs").Array("values")];

        Assert.Equal(8, breadcrumbs.Length);
        Assert.StartsWith("99 ", breadcrumbs[^1].Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public void Breadcrumb_is_sent_whole()
    {
        var item = new SentryEvent();
        item.Breadcrumbs.Add(new SentryBreadcrumb
        {
            Timestamp = Envelopes.Now,
            Message = "SELECT",
            Category = "db",
            Type = "query",
            Level = SentryLevel.Debug,
            Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["rows"] = "3" },
        });

        Assert.Equal(
            """{"values":[{"timestamp":"2026-03-01T12:00:00.123000Z","type":"query","category":"db","level":"debug","message":"SELECT","data":{"rows":"3"}}]}""",
            Envelopes.Payload(item).Text("breadcrumbs"));
    }

    [Fact]
    public void Values_of_every_kind_are_written()
    {
        var item = new SentryEvent();
        object?[] values =
        [
            null, true, (byte)1, -2, 3L, ulong.MaxValue, 4.5m, 1.5f, 2.5, double.NaN, double.NegativeInfinity, 'c', Envelopes.Now, new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc),
            TimeSpan.FromSeconds(90), Guid.Empty, new Uri("http://h/"), SentryLevel.Error, new[] { 1, 2 }, new HashSet<string>(StringComparer.Ordinal) { "x" },
            new ConcurrentDictionary<string, int>(StringComparer.Ordinal) { ["n"] = 1 }, new Dictionary<string, object?>(StringComparer.Ordinal) { ["m"] = null },
            JsonNode.Parse("""{"a":[1,"b",null]}"""), JsonDocument.Parse("""{"c":[true,{"d":"e"}]}""").RootElement, new Throwing(),
        ];
        for (int i = 0; i < values.Length; i++)
        {
            item.Extra[$"{i:00}"] = values[i];
        }

        Assert.Equal(
            [
                "null", "true", "1", "-2", "3", "18446744073709551615", "4.5", "1.5", "2.5", "\"NaN\"", "\"-Infinity\"", "\"c\"", "\"2026-03-01T12:00:00.1230000+00:00\"",
                "\"2026-03-01T00:00:00.0000000Z\"", "\"00:01:30\"", "\"00000000-0000-0000-0000-000000000000\"", "\"http://h/\"", "\"Error\"", "[1,2]", "[\"x\"]", "{\"n\":1}",
                "{\"m\":null}", """{"a":["1","b",null]}""", """{"c":["True",{"d":"e"}]}""", "\"[left out: cannot be read]\"",
            ],
            Envelopes.Payload(item).GetProperty("extra").EnumerateObject().Select(value => value.Value.GetRawText()),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Value_that_holds_itself_ends()
    {
        var item = new SentryEvent();
        var loop = new Dictionary<string, object?>(StringComparer.Ordinal);
        loop["again"] = loop;
        item.Extra["loop"] = loop;

        Assert.Equal(
            """{"again":{"again":{"again":{"again":"[left out: too much]"}}}}""", Envelopes.Payload(item).GetProperty("extra").Text("loop"));
    }

    [Fact]
    public void Collection_that_changes_while_it_is_read_is_left_out()
    {
        var item = new SentryEvent();
        item.Extra["list"] = new Changing();

        Assert.Equal("[left out: cannot be read]", Envelopes.Payload(item).GetProperty("extra").Text("list"));
    }

    private sealed class Throwing
    {
        public override string ToString() => throw new NotSupportedException();
    }

    private sealed class Changing : IReadOnlyCollection<object>
    {
        public int Count => 1;

        public IEnumerator<object> GetEnumerator() => throw new InvalidOperationException("changed");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
