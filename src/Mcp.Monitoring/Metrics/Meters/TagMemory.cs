using System.Diagnostics.CodeAnalysis;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>Pieces of memory as lists, of the types of items that there are literals for. Bytes are one value, and characters a text.</summary>
internal static class TagMemory
{
    public static bool Is(object? value) => value is ValueType && TryGet(value, most: 0, out _);

    /// <param name="value">The value of a tag.</param>
    /// <param name="most">How many items are of interest.</param>
    /// <param name="items">The first of them.</param>
    public static bool TryGet(object value, int most, [NotNullWhen(true)] out Array? items)
    {
        items = Of<int>(value, most) ?? Of<long>(value, most) ?? Of<double>(value, most) ?? Of<float>(value, most) ?? Of<string>(value, most)
            ?? Of<object>(value, most) ?? Of<bool>(value, most) ?? Of<uint>(value, most) ?? Of<ulong>(value, most) ?? Of<short>(value, most)
            ?? Of<ushort>(value, most) ?? Of<sbyte>(value, most) ?? Of<decimal>(value, most) ?? Of<Guid>(value, most) ?? Of<DateTime>(value, most)
            ?? (Array?)Of<TimeSpan>(value, most);
        return items is not null;
    }

    private static T[]? Of<T>(object value, int most) => value switch
    {
        Memory<T> memory => memory[..Math.Min(memory.Length, most)].ToArray(),
        ReadOnlyMemory<T> memory => memory[..Math.Min(memory.Length, most)].ToArray(),
        _ => null,
    };
}
