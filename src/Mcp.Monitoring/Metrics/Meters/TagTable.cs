using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>
/// Finds what belongs to a set of tags, whatever their order. Reading takes no lock and allocates nothing; adding happens under the lock of its owner.
/// </summary>
internal sealed class TagTable<T>
    where T : class
{
    /// <summary>As many as fit the bits that mark which are matched; more than any backend takes.</summary>
    public const int MostTags = 64;

    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    private const int CharsPerBlock = sizeof(ulong) / sizeof(char);

    // Text from outside may be among the values: it must not be able to choose where it lands.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    private Entry?[] _buckets = new Entry?[8];

    public int Count { get; private set; }

    public T? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, ulong hash)
    {
        Entry?[] buckets = Volatile.Read(ref _buckets);
        for (Entry? entry = Volatile.Read(ref buckets[hash & (uint)(buckets.Length - 1)]); entry is not null; entry = entry.Next)
        {
            if (entry.Hash == hash && entry.Tags.Length == tags.Length && (MatchesInOrder(entry.Tags, tags) || MatchesInAnyOrder(entry.Tags, tags)))
            {
                return entry.Value;
            }
        }

        return null;
    }

    public void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags, ulong hash, T value)
    {
        if (Count == _buckets.Length)
        {
            Grow();
        }

        Insert(_buckets, hash, tags.ToArray(), value);
        Count++;
    }

    /// <summary>The sum of what each tag hashes to, so that their order does not matter.</summary>
    public static ulong Hash(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        ulong hash = 0;
        foreach (ref readonly KeyValuePair<string, object?> tag in tags)
        {
            ulong value = tag.Value is string text ? Hash(text) : (uint)(tag.Value?.GetHashCode() ?? 0);
            hash += Mix(value ^ KeyHash(tag.Key));
        }

        return Mix(hash ^ Seed);
    }

    private static bool MatchesInOrder(KeyValuePair<string, object?>[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        for (int i = 0; i < tags.Length; i++)
        {
            if (!AreEqual(in known[i], in tags[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MatchesInAnyOrder(KeyValuePair<string, object?>[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        ulong matched = 0;
        foreach (ref readonly KeyValuePair<string, object?> tag in tags)
        {
            int i = 0;
            while (i < known.Length && ((matched >> i & 1) != 0 || !AreEqual(in known[i], in tag)))
            {
                i++;
            }

            if (i == known.Length)
            {
                return false;
            }

            matched |= 1UL << i;
        }

        return true;
    }

    private static bool AreEqual(in KeyValuePair<string, object?> one, in KeyValuePair<string, object?> other) =>
        string.Equals(one.Key, other.Key, StringComparison.Ordinal) && AreEqual(one.Value, other.Value);

    private static bool AreEqual(object? one, object? other)
    {
        if (ReferenceEquals(one, other))
        {
            return true;
        }

        return one is string text
            ? other is string otherText && text.Equals(otherText, StringComparison.Ordinal)
            : one is not null && one.Equals(other);
    }

    // The keys of an instrument are few: enough to tell them apart roughly, the values decide.
    private static ulong KeyHash(string? key) =>
        string.IsNullOrEmpty(key) ? 0 : ((ulong)key.Length << 48) | ((ulong)key[0] << 32) | ((ulong)key[key.Length / 2] << 16) | key[^1];

    private static ulong Hash(string text)
    {
        ReadOnlySpan<char> rest = text;
        ulong hash = Seed + (uint)rest.Length;
        if (rest.Length >= CharsPerBlock)
        {
            ulong last = Block(rest[^CharsPerBlock..]);
            while (rest.Length > CharsPerBlock)
            {
                hash = Mix(hash ^ Block(rest));
                rest = rest[CharsPerBlock..];
            }

            return Mix(hash ^ last);
        }

        foreach (char c in rest)
        {
            hash = (hash << 16 | hash >> 48) ^ c;
        }

        return Mix(hash);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Block(ReadOnlySpan<char> text) => MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(text));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value)
    {
        value *= Multiplier;
        return value ^ (value >> 32);
    }

    private static void Insert(Entry?[] buckets, ulong hash, KeyValuePair<string, object?>[] tags, T value)
    {
        ref Entry? first = ref buckets[hash & (uint)(buckets.Length - 1)];
        Volatile.Write(ref first, new Entry(hash, tags, value, first));
    }

    // A reader may still walk the old chains, so their entries stay as they are.
    private void Grow()
    {
        var grown = new Entry?[_buckets.Length * 2];
        foreach (Entry? first in _buckets)
        {
            for (Entry? entry = first; entry is not null; entry = entry.Next)
            {
                Insert(grown, entry.Hash, entry.Tags, entry.Value);
            }
        }

        Volatile.Write(ref _buckets, grown);
    }

    private sealed class Entry(ulong hash, KeyValuePair<string, object?>[] tags, T value, Entry? next)
    {
        public readonly ulong Hash = hash;
        public readonly KeyValuePair<string, object?>[] Tags = tags;
        public readonly T Value = value;
        public readonly Entry? Next = next;
    }
}
