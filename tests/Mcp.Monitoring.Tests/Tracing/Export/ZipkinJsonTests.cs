using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Mcp.Monitoring.Tracing.Export;
using OpenTelemetry;

namespace Mcp.Monitoring.Tests.Tracing.Export;

public sealed class ZipkinJsonTests : IDisposable
{
    private static readonly string[] Items = ["a", "b"];
    private static readonly DateTime Start = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private readonly ActivitySource _source = new("shop", "1.2.3");
    private readonly ActivityListener _listener;

    public ZipkinJsonTests()
    {
        _listener = new ActivityListener { ShouldListenTo = source => source == _source, Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _source.Dispose();
    }

    [Fact]
    public void Span_is_what_Zipkin_knows()
    {
        var parent = new ActivityContext(ActivityTraceId.CreateFromString("4e441824ec2b6a44ffdc9bb9a6453df3"), ActivitySpanId.CreateFromString("ffdc9bb9a6453df3"), ActivityTraceFlags.Recorded);

        JsonElement json = Write(ActivityKind.Server, parent, span =>
        {
            span.DisplayName = "tools/call add";
            span.SetTag("text", "a \"b\"");
            span.SetTag("number", 1.5);
            span.SetTag("flag", true);
            span.SetTag("list", Items);
            span.SetEndTime(Start.AddMilliseconds(150));
        });

        Assert.Equal("4e441824ec2b6a44ffdc9bb9a6453df3", json.GetProperty("traceId").GetString());
        Assert.Equal("ffdc9bb9a6453df3", json.GetProperty("parentId").GetString());
        Assert.Equal(16, json.GetProperty("id").GetString()!.Length);
        Assert.Equal("SERVER", json.GetProperty("kind").GetString());
        Assert.Equal("tools/call add", json.GetProperty("name").GetString());
        Assert.Equal(1_772_366_400_000_000, json.GetProperty("timestamp").GetInt64());
        Assert.Equal(150_000, json.GetProperty("duration").GetInt64());
        Assert.Equal("weather", json.GetProperty("localEndpoint").GetProperty("serviceName").GetString());
        Assert.False(json.TryGetProperty("shared", out _));
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["flag"] = "true",
                ["list"] = "a,b",
                ["number"] = "1.5",
                ["otel.scope.name"] = "shop",
                ["otel.scope.version"] = "1.2.3",
                ["text"] = "a \"b\"",
            },
            new SortedDictionary<string, string>(json.GetProperty("tags").Deserialize<Dictionary<string, string>>()!, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(ActivityKind.Client, "CLIENT")]
    [InlineData(ActivityKind.Server, "SERVER")]
    [InlineData(ActivityKind.Producer, "PRODUCER")]
    [InlineData(ActivityKind.Consumer, "CONSUMER")]
    [InlineData(ActivityKind.Internal, null)]
    public void Kind_is_one_of_four_or_left_out(ActivityKind kind, string? expected)
    {
        Assert.Equal(expected, Write(kind).TryGetProperty("kind", out JsonElement written) ? written.GetString() : null);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    public void Duration_is_whole_microseconds_and_at_least_one(int ticks, long microseconds)
    {
        // An end equal to the start is what a span has that was never ended.
        JsonElement json = Write(configure: span => span.SetEndTime(Start.AddTicks(ticks)));

        Assert.True(ticks == 0 || json.GetProperty("duration").GetInt64() == microseconds);
        Assert.True(json.GetProperty("duration").GetInt64() >= 1);
    }

    [Fact]
    public void Span_without_a_parent_has_none()
    {
        Assert.False(Write().TryGetProperty("parentId", out _));
    }

    [Fact]
    public void Failure_is_a_tag_and_only_a_failure()
    {
        JsonElement failed = Write(configure: span => span.SetStatus(ActivityStatusCode.Error, "It broke.")).GetProperty("tags");
        JsonElement fine = Write(configure: span => span.SetStatus(ActivityStatusCode.Ok)).GetProperty("tags");
        JsonElement named = Write(configure: span => span.SetTag("error", "false")).GetProperty("tags");

        Assert.Equal(("It broke.", "ERROR"), (failed.GetProperty("error").GetString(), failed.GetProperty("otel.status_code").GetString()));
        Assert.Equal("OK", fine.GetProperty("otel.status_code").GetString());
        Assert.False(fine.TryGetProperty("error", out _));
        Assert.False(named.TryGetProperty("error", out _));
    }

    [Fact]
    public void Event_is_an_annotation_with_its_attributes_behind_it()
    {
        JsonElement annotations = Write(configure: span =>
        {
            span.AddEvent(new ActivityEvent("started", new DateTimeOffset(Start.AddMilliseconds(1))));
            span.AddEvent(new ActivityEvent("exception", new DateTimeOffset(Start.AddMilliseconds(2)), new ActivityTagsCollection { ["exception.type"] = "System.Exception" }));
        }).GetProperty("annotations");

        Assert.Equal(["started", """{"exception":{"exception.type":"System.Exception"}}"""], (string[])[.. annotations.EnumerateArray().Select(a => a.GetProperty("value").GetString()!)]);
        Assert.Equal(1_772_366_400_001_000, annotations[0].GetProperty("timestamp").GetInt64());
    }

    [Fact]
    public void Peer_of_a_client_is_its_remote_endpoint()
    {
        Assert.Equal("db", Write(ActivityKind.Client, configure: span => span.SetTag("server.address", "db")).GetProperty("remoteEndpoint").GetProperty("serviceName").GetString());
        Assert.False(Write(ActivityKind.Server, configure: span => span.SetTag("server.address", "self")).TryGetProperty("remoteEndpoint", out _));
    }

    [Fact]
    public void Text_is_bounded_and_always_valid()
    {
        JsonElement json = Write(configure: span =>
        {
            span.DisplayName = "broken \uD800 name";
            span.SetTag("long", new string('a', 100_000));
            span.SetTag("pairs", string.Concat(Enumerable.Repeat("\U0001F600", 1_000)));
            span.SetTag("broken", new Broken());
            span.SetTag("many", Enumerable.Range(0, 100_000));
            for (int i = 0; i < 1_000; i++)
            {
                span.SetTag($"tag{i}", i);
                span.AddEvent(new ActivityEvent("event"));
            }
        });

        JsonElement tags = json.GetProperty("tags");
        Assert.Equal("broken \uFFFD name", json.GetProperty("name").GetString());
        Assert.Equal(ZipkinText.Longest, tags.GetProperty("long").GetString()!.Length);
        Assert.Equal(ZipkinText.Longest, tags.GetProperty("pairs").GetString()!.Length);
        Assert.Equal("", tags.GetProperty("broken").GetString());
        Assert.InRange(tags.GetProperty("many").GetString()!.Length, 1, ZipkinText.Longest);
        Assert.InRange(tags.EnumerateObject().Count(), 100, 130);
        Assert.Equal(128, json.GetProperty("annotations").GetArrayLength());
    }

    [Fact]
    public void Tag_that_is_there_twice_is_written_once()
    {
        JsonElement tags = Write(configure: span =>
        {
            span.AddTag("a", "one");
            span.AddTag("a", "two");
            span.AddTag("otel.scope.name", "mine");
        }).GetProperty("tags");

        Assert.Equal("one", Assert.Single(tags.EnumerateObject(), tag => tag.Name == "a").Value.GetString());
        Assert.Equal("shop", Assert.Single(tags.EnumerateObject(), tag => tag.Name == "otel.scope.name").Value.GetString());
    }

    private JsonElement Write(ActivityKind kind = ActivityKind.Internal, ActivityContext parent = default, Action<Activity>? configure = null)
    {
        Activity.Current = null;
        using Activity span = _source.StartActivity("span", kind, parent, tags: null, links: null, startTime: new DateTimeOffset(Start))!;
        span.SetEndTime(Start.AddMilliseconds(1));
        configure?.Invoke(span);
        span.Stop();
        var body = new ArrayBufferWriter<byte>();
        ZipkinJson.Write(body, new Batch<Activity>([span], 1), "weather");
        return JsonDocument.Parse(body.WrittenMemory).RootElement.EnumerateArray().Single();
    }

    private sealed class Broken
    {
        public override string ToString() => throw new InvalidOperationException("broken");
    }
}
