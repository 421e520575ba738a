using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.Specialized;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Dynamic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Metrics.Meters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

/// <summary>Values that are no single thing, as OpenTelemetry writes them for protocols that have only text ("Common", AnyValue representation).</summary>
public sealed class TagValueTests : IDisposable
{
    private readonly BridgedPage _page = new();

    public void Dispose() => _page.Dispose();

#pragma warning disable CA1861 // Each array is the value of one case.
    public static TheoryData<object, string> Collections() => new()
    {
        { Array.Empty<string>(), "[]" },
        { new[] { "a", "b" }, """["a","b"]""" },
        { new[] { "say \"it\"", "back\\slash", "two\nlines", "\t\0", "погода 😀", "</script>", "" }, """["say \"it\"","back\\slash","two\nlines","\t\u0000","погода 😀","</script>",""]""" },
        { new[] { "\u0085\u2028" }, """["\u0085\u2028"]""" },
        { new string?[] { "a", null }, """["a",null]""" },
        { new[] { true, false }, "[true,false]" },
        { new byte[] { 1, 2, 3 }, "AQID" },
        { Array.Empty<byte>(), "" },
        { new ReadOnlyMemory<byte>([1, 2, 3]), "AQID" },
        { new Memory<byte>([1, 2, 3]), "AQID" },
        { new ArraySegment<byte>([0, 1, 2, 3], 1, 3), "AQID" },
        { new sbyte[] { -1, 2 }, "[-1,2]" },
        { new short[] { -1, 2 }, "[-1,2]" },
        { new ushort[] { 1, 2 }, "[1,2]" },
        { new[] { -1, 2 }, "[-1,2]" },
        { new uint[] { 1, 2 }, "[1,2]" },
        { new[] { long.MinValue, long.MaxValue }, "[-9223372036854775808,9223372036854775807]" },
        { new[] { ulong.MaxValue }, "[18446744073709551615]" },
        { new[] { 0, 1.5, -0.25, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity }, """[0,1.5,-0.25,1E+300,"NaN","Infinity","-Infinity"]""" },
        { new[] { 0.1f, float.NaN, float.NegativeInfinity }, """[0.1,"NaN","-Infinity"]""" },
        { new[] { 0.10m, 3m }, "[0.10,3]" },
        { new[] { 'a', '"' }, """["a","\""]""" },
        { new[] { DayOfWeek.Friday }, """["Friday"]""" },
        { new[] { TimeSpan.FromSeconds(1) }, """["00:00:01"]""" },
        { new[] { DateTime.UnixEpoch }, """["01/01/1970 00:00:00"]""" },
        { new object?[] { 1, "-Infinity", "a", true, null, new byte[] { 1, 2, 3 }, new Dictionary<string, object?> { ["nested"] = 1.5 } }, """[1,"-Infinity","a",true,null,"AQID",{"nested":1.5}]""" },
        { new[] { new[] { 1, 2 }, new[] { 3 } }, "[[1,2],[3]]" },
        { new[,] { { 1, 2 }, { 3, 4 } }, "[1,2,3,4]" },
        { new List<int> { 1, 2 }, "[1,2]" },
        { ImmutableArray.Create("a", "b"), """["a","b"]""" },
        { new HashSet<string> { "a" }, """["a"]""" },
        { new HashSet<int> { 1 }, "[1]" },
        { new Queue<double>([1.5]), "[1.5]" },
        { new ConcurrentBag<string> { "a" }, """["a"]""" },
        { new Dictionary<string, object?>(), "{}" },
        { new Dictionary<string, object?> { ["c"] = new object?[] { 3, null }, ["a"] = double.NegativeInfinity, ["b"] = 2 }, """{"a":"-Infinity","b":2,"c":[3,null]}""" },
        { new Dictionary<int, string> { [2] = "b", [1] = "a" }, """{"1":"a","2":"b"}""" },
        { new SortedDictionary<string, bool> { ["it's \"x\""] = true }, """{"it's \"x\"":true}""" },
        { ImmutableDictionary<string, int>.Empty.Add("a", 1), """{"a":1}""" },
        { new TagList { { "b", 2 }, { "a", "1" } }, """{"a":"1","b":2}""" },
        { new List<KeyValuePair<string, object?>> { new("a", null) }, """{"a":null}""" },
        { Expando(), """{"a":1}""" },
        { new JsonObject { ["a"] = new JsonArray(1, "x", null) }, """{"a":[1,"x",null]}""" },
        { JsonDocument.Parse("[1, {\"a\": 2}]"), "[1, {\"a\": 2}]" },
        { new HashSet<Guid> { Guid.Empty }, """["00000000-0000-0000-0000-000000000000"]""" },
        { new HashSet<DayOfWeek> { DayOfWeek.Friday }, """["Friday"]""" },
        { new HashSet<float> { 0.5f }, "[0.5]" },
        { new HashSet<DateOnly> { new(2026, 11, 29) }, """["11/29/2026"]""" },
        { new SortedSet<decimal> { 1.50m, 2 }, "[1.50,2]" },
        { ImmutableHashSet.Create(Guid.Empty), """["00000000-0000-0000-0000-000000000000"]""" },
        { new LinkedList<char>(['a']), """["a"]""" },
        { new Counted<Guid>([Guid.Empty]), """["00000000-0000-0000-0000-000000000000"]""" },
        { new Counted<string>(["a"]), """["a"]""" },
        { new Memory<int>([1, 2]), "[1,2]" },
        { new ReadOnlyMemory<string>(["a"]), """["a"]""" },
        { new Memory<double>([0.5]), "[0.5]" },
        { "text".AsMemory(), "text" },
        { new HeaderDictionary { ["b"] = "2", ["a"] = new StringValues(["1", "3"]) }, """{"a":["1","3"],"b":"2"}""" },
        { new QueryCollection(new Dictionary<string, StringValues> { ["a"] = "1" }), """{"a":"1"}""" },
        { new FormCollection(new Dictionary<string, StringValues> { ["a"] = "1" }), """{"a":"1"}""" },
        { new NameValueCollection { { "b", "2" }, { "a", "1" }, { "a", "3" }, { null, "x" } }, """{"":"x","a":["1","3"],"b":"2"}""" },
        { new[] { "ab", "ac", "b" }.ToLookup(text => text[..1]), """{"a":["ab","ac"],"b":["b"]}""" },
        { new[] { 1, 2, 3 }.ToLookup(number => number % 2), "[[1,3],[2]]" },
        { new RouteValueDictionary { ["id"] = 7 }, """{"id":7}""" },
        { JsonDocument.Parse("[1, {\"a\": 2}]").RootElement, "[1, {\"a\": 2}]" },
        { JsonDocument.Parse("\"x\"").RootElement, "x" },
        { new object[] { JsonDocument.Parse("\"x\"").RootElement, JsonValue.Create(1.5)! }, """["x",1.5]""" },
    };
#pragma warning restore CA1861

    [Theory]
    [MemberData(nameof(Collections))]
    public void Collection_is_written_as_JSON_in_any_culture(object value, string text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            string? written = TagLabels.Of([new("k", value)], Mcp.Monitoring.Metrics.MetricKind.Counter).Values.SingleOrDefault();

            Assert.Equal(text, written ?? "");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Array_of_an_instrument_is_on_the_page_as_a_reader_reads_it_back()
    {
        string[] regions = ["eu \"west\"", "us\\east", "a\nb"];
        _page.Meter.CreateCounter<int>("orders").Add(1, new KeyValuePair<string, object?>("regions", regions));

        string? label = Assert.Single(Assert.Single(_page.Families()).Samples).Label("regions");

        Assert.Equal(regions, JsonSerializer.Deserialize<string[]>(label!));
    }

    [Fact]
    public void Equal_collections_are_one_series_whichever_object_they_are()
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");
        for (int i = 0; i < 100; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("k", (List<string>)["a", "b"]));
        }

        Assert.Equal(["c_total{k=[\"a\",\"b\"]} 100"], _page.Samples());
    }

    [Fact]
    public void Order_in_a_map_makes_no_other_series()
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");
        counter.Add(1, new KeyValuePair<string, object?>("k", new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }));
        counter.Add(1, new KeyValuePair<string, object?>("k", new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 }));

        Assert.Equal(["c_total{k={\"a\":1,\"b\":2}} 2"], _page.Samples());
    }

    [Fact]
    public void Array_that_was_changed_is_what_it_is_now()
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");
        string[] reused = ["a"];
        byte[] bytes = [1];
        counter.Add(1, new("k", reused), new("b", bytes), new KeyValuePair<string, object?>("m", new ReadOnlyMemory<byte>(bytes)));
        (reused[0], bytes[0]) = ("b", 2);
        counter.Add(1, new("k", reused), new("b", bytes), new KeyValuePair<string, object?>("m", new ReadOnlyMemory<byte>(bytes)));

        Assert.Equal(["c_total{b=AQ==,k=[\"a\"],m=AQ==} 1", "c_total{b=Ag==,k=[\"b\"],m=Ag==} 1"], _page.Samples());
    }

    [Fact]
    public void Known_collections_are_found_again_when_the_instrument_is_full()
    {
        using var page = new BridgedPage(cap: 2);
        Counter<int> counter = page.Meter.CreateCounter<int>("c");
        for (int i = 0; i < 10; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("k", new[] { i % 3 }));
        }

        Assert.Equal(["c_total{k=[0]} 4", "c_total{k=[1]} 3", "c_total{otel_metric_overflow=true} 3"], page.Samples());
    }

    // 10 MB written in full would be a hundred million bytes and more.
    [Theory]
    [InlineData("list in itself")]
    [InlineData("map in itself")]
    [InlineData("numbers")]
    [InlineData("characters")]
    [InlineData("text")]
    [InlineData("bytes")]
    [InlineData("map")]
    public void Collection_without_an_end_is_cut_and_costs_little(string what)
    {
        KeyValuePair<string, object?>[] tags = [new("k", Endless(what))];
        TagLabels.Of(tags, Mcp.Monitoring.Metrics.MetricKind.Counter);
        long before = GC.GetAllocatedBytesForCurrentThread();

        string text = Assert.Single(TagLabels.Of(tags, Mcp.Monitoring.Metrics.MetricKind.Counter).Values);

        Assert.Equal(TagValue.Longest, text.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData(198)]
    [InlineData(199)]
    [InlineData(200)]
    public void Cut_collection_ends_with_a_whole_character(int length)
    {
        string text = Assert.Single(TagLabels.Of([new("k", new[] { new string('x', length - 2) + "😀" })], Mcp.Monitoring.Metrics.MetricKind.Counter).Values);

        Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        Assert.InRange(text.Length, 199, 200);
        Assert.DoesNotContain('\uFFFD', text);
    }

    // Asking it for its items could wait, or take them from whoever they are for.
    [Fact]
    public void Sequence_that_is_not_there_yet_is_not_asked_for()
    {
        int asked = 0;
        _page.Meter.CreateCounter<int>("c").Add(1, new KeyValuePair<string, object?>("k", Items()));

        Assert.Equal(0, asked);
        Assert.Single(_page.Samples());

        IEnumerable<int> Items()
        {
            asked++;
            yield return 1;
        }
    }

    public static TheoryData<object> Failing() =>
    [
        new Throwing(),
        default(ImmutableArray<string>),
        new Speechless(),
        new[] { new Speechless() },
        new Dictionary<string, object> { ["a"] = new Speechless() },
        default(ArraySegment<int>),
    ];

    [Theory]
    [MemberData(nameof(Failing))]
    public void Measurement_counts_with_an_empty_label_where_the_value_cannot_tell(object value)
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");

        counter.Add(1, new("k", value), new KeyValuePair<string, object?>("shop", "a"));
        counter.Add(2, new("k", value), new KeyValuePair<string, object?>("shop", "a"));

        Assert.Equal(["c_total{shop=a} 3"], _page.Samples());
        Assert.Equal(0, _page.Errors);
    }

    [Fact]
    public void Items_that_are_made_when_they_are_asked_for_are_not_asked_for()
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");
        IEnumerable<int>[] lazy = [Enumerable.Range(1, 3), Enumerable.Range(1, 3).Select(Fail), new List<int> { 1 }.Select(Fail).Take(1), Enumerable.Repeat(1, 2)];

        foreach (IEnumerable<int> items in lazy)
        {
            counter.Add(1, new KeyValuePair<string, object?>("k", items));
        }

        Assert.Equal(0, _page.Errors);
        Assert.All(_page.Samples(), sample => Assert.Contains("System.Linq", sample, StringComparison.Ordinal));

        static int Fail(int item) => throw new InvalidOperationException("asked");
    }

    private static object Endless(string what)
    {
        var list = new List<object>();
        list.Add(list);
        list.Add(list);
        var map = new Dictionary<string, object>(StringComparer.Ordinal);
        map["a"] = map["b"] = map;
        return what switch
        {
            "list in itself" => list,
            "map in itself" => map,
            "numbers" => Enumerable.Range(0, 10_000_000).ToArray(),
            "characters" => new string('x', 10_000_000).ToCharArray(),
            "text" => new[] { new string('"', 10_000_000) },
            "bytes" => new byte[10_000_000],
            _ => Enumerable.Range(0, 100_000).ToDictionary(i => i),
        };
    }

    private static ExpandoObject Expando()
    {
        var expando = new ExpandoObject();
        expando.TryAdd("a", 1);
        return expando;
    }

    private sealed class Throwing : System.Collections.ArrayList
    {
        public override System.Collections.IEnumerator GetEnumerator() => throw new InvalidOperationException("no items");
    }

    private sealed class Counted<T>(T[] items) : IReadOnlyCollection<T>
    {
        public int Count => items.Length;

        public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Speechless
    {
        public override string ToString() => throw new InvalidOperationException("no words");
    }
}
