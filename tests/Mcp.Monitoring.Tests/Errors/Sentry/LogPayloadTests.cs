using System.Text.Json;
using Mcp.Monitoring.Errors.Sentry;
using Mcp.Monitoring.Errors.Sentry.Logging;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

public sealed class LogPayloadTests
{
    [Theory]
    [InlineData("Trace", "trace", 1)]
    [InlineData("Debug", "debug", 5)]
    [InlineData("Information", "info", 9)]
    [InlineData("Warning", "warn", 13)]
    [InlineData("Error", "error", 17)]
    [InlineData("Critical", "fatal", 21)]
    public void Level_has_its_name_and_number(string level, string name, int number)
    {
        JsonElement log = Logs(Sample(Enum.Parse<LogLevel>(level)))[0];

        Assert.Equal(name, log.Text("level"));
        Assert.Equal(number, log.GetProperty("severity_number").GetInt32());
    }

    [Fact]
    public void Log_item_has_its_time_in_seconds_and_its_attributes_with_their_types()
    {
        JsonElement log = Logs(Sample(
            LogLevel.Information, ("text", "t"), ("whole", 3L), ("small", 4), ("part", 1.5), ("flag", true), ("not a number", double.NaN), ("level", LogLevel.Error)))[0];

        Assert.Equal("1772366400.123", log.Text("timestamp"));
        Assert.Equal("hello", log.Text("body"));
        Assert.Equal(TransportHost.TraceId, log.Text("trace_id"));
        Assert.Equal(TransportHost.SpanId, log.Text("span_id"));
        Assert.Equal(
            [
                """text {"value":"t","type":"string"}""", """whole {"value":3,"type":"integer"}""", """small {"value":4,"type":"integer"}""",
                """part {"value":1.5,"type":"double"}""", """flag {"value":true,"type":"boolean"}""", """not a number {"value":"NaN","type":"string"}""",
                """level {"value":"Error","type":"string"}""", """sentry.environment {"value":"test","type":"string"}""", """sentry.release {"value":"app@1.2.3","type":"string"}""",
                """server.address {"value":"host-1","type":"string"}""", """sentry.sdk.name {"value":"mcp.monitoring.dotnet","type":"string"}""",
                "sentry.sdk.version",
            ],
            log.GetProperty("attributes").EnumerateObject().Select(attribute => attribute.Name == "sentry.sdk.version" ? attribute.Name : $"{attribute.Name} {attribute.Value.GetRawText()}"),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Log_items_outside_of_every_trace_share_one()
    {
        var log = new LogItem { Timestamp = SteppedTime.Beginning, Level = LogLevel.Information, Body = "x" };

        JsonElement logs = Logs(log, log);

        Assert.Matches("^[0-9a-f]{32}$", logs[0].Text("trace_id"));
        Assert.Equal(logs[0].Text("trace_id"), logs[1].Text("trace_id"));
        Assert.Null(logs[0].Text("span_id"));
    }

    [Fact]
    public void Attribute_of_the_item_stands_in_the_place_of_ours()
    {
        JsonElement attributes = Logs(Sample(LogLevel.Information, ("server.address", "other")))[0].GetProperty("attributes");

        Assert.Equal("other", attributes.GetProperty("server.address").Text("value"));
        Assert.Single(attributes.EnumerateObject(), attribute => attribute.Name == "server.address");
    }

    private static JsonElement Logs(params LogItem[] logs)
    {
        using var output = new MemoryStream();
        LogPayload.Envelope(logs, new ScrubbedText(static text => text), new SentryIdentity("test", "app@1.2.3", "host-1")).Serialize(output, logger: null);
        return ParsedEnvelope.Of(output.ToArray()).Payload.GetProperty("items");
    }

    private static LogItem Sample(LogLevel level, params (string Key, object Value)[] attributes) =>
        new()
        {
            Timestamp = SteppedTime.Beginning,
            Level = level,
            Body = "hello",
            TraceId = TransportHost.TraceId,
            SpanId = TransportHost.SpanId,
            Attributes = [.. attributes.Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value))],
        };
}
