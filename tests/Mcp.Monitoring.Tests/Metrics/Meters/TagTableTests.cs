using Mcp.Monitoring.Metrics.Meters;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

public class TagTableTests
{
    private readonly TagTable<string> _table = new();

    [Fact]
    public void Every_order_of_the_tags_finds_the_same()
    {
        Add("found", ("a", "1"), ("b", 2), ("c", true));

        Assert.Equal("found", Find(("a", "1"), ("b", 2), ("c", true)));
        Assert.Equal("found", Find(("c", true), ("a", "1"), ("b", 2)));
        Assert.Equal("found", Find(("b", 2), ("c", true), ("a", "1")));
    }

    [Fact]
    public void Texts_are_compared_and_not_where_they_are_kept()
    {
        Add("found", ("key", "value"));

        Assert.Equal("found", Find((new string("key".AsSpan()), new string("value".AsSpan()))));
    }

    [Fact]
    public void Other_tags_find_nothing()
    {
        Add("found", ("a", "1"), ("b", 2));

        Assert.Null(Find(("a", "1")));
        Assert.Null(Find(("a", "1"), ("b", 3)));
        Assert.Null(Find(("a", "1"), ("b", 2L)));
        Assert.Null(Find(("a", "1"), ("b", "2")));
        Assert.Null(Find(("a", "1"), ("b", null)));
        Assert.Null(Find(("a", "1"), ("c", 2)));
        Assert.Null(Find(("b", "1"), ("a", 2)));
        Assert.Null(Find(("a", "1"), ("b", 2), ("c", 3)));
    }

    [Fact]
    public void Tag_that_is_there_twice_is_not_the_same_as_another_twice()
    {
        Add("two of a", ("a", 1), ("a", 1), ("b", 2));

        Assert.Null(Find(("a", 1), ("b", 2), ("b", 2)));
        Assert.Equal("two of a", Find(("a", 1), ("b", 2), ("a", 1)));
    }

    [Fact]
    public void Null_is_a_value()
    {
        Add("null", ("a", null));
        Add("empty", ("a", ""));

        Assert.Equal("null", Find(("a", null)));
        Assert.Equal("empty", Find(("a", "")));
    }

    [Fact]
    public void Most_tags_are_told_apart()
    {
        (string, object?)[] most = [.. Enumerable.Range(0, TagTable<string>.MostTags).Select(i => ($"key{i}", (object?)i))];
        Add("found", most);

        Assert.Equal("found", Find([.. most.Reverse()]));
        Assert.Null(Find([.. most[1..], ("key0", 1)]));
    }

    [Fact]
    public void Values_of_every_length_are_found_again_and_not_mistaken()
    {
        for (int length = 0; length <= 40; length++)
        {
            for (int at = 0; at < length; at++)
            {
                string text = new string('x', at) + 'y' + new string('x', length - at - 1);
                Assert.Null(Find(("k", text)));
                Add(text, ("k", text));
            }
        }

        for (int length = 0; length <= 40; length++)
        {
            for (int at = 0; at < length; at++)
            {
                string text = new string('x', at) + 'y' + new string('x', length - at - 1);
                Assert.Equal(text, Find(("k", text)));
            }
        }
    }

    [Fact]
    public void What_is_in_it_is_found_while_it_grows()
    {
        const int Entries = 5_000;
        int added = 0;
        using var crowd = new Crowd(3, thread =>
        {
            if (thread == 0)
            {
                for (int i = 0; i < Entries; i++)
                {
                    Add($"{i}", ("k", i));
                    Volatile.Write(ref added, i + 1);
                }

                return;
            }

            while (Volatile.Read(ref added) < Entries)
            {
                int known = Volatile.Read(ref added);
                if (known > 0)
                {
                    Assert.Equal($"{known - 1}", Find(("k", known - 1)));
                    Assert.Equal("0", Find(("k", 0)));
                }
            }
        });

        crowd.Go();
        crowd.Join();

        Assert.Equal(Entries, _table.Count);
    }

    private void Add(string value, params (string Key, object? Value)[] tags) => _table.Add(Tags(tags), TagTable<string>.Hash(Tags(tags)), value);

    private string? Find(params (string Key, object? Value)[] tags) => _table.Find(Tags(tags), TagTable<string>.Hash(Tags(tags)));

    private static KeyValuePair<string, object?>[] Tags((string Key, object? Value)[] tags) =>
        [.. tags.Select(tag => new KeyValuePair<string, object?>(tag.Key, tag.Value))];
}
