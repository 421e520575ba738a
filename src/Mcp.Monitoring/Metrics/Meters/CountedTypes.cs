using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>Which types of sequences know how many items they have, and so have them all. Iterators of LINQ may know it as well, and make the items when asked.</summary>
internal static class CountedTypes
{
    private static readonly ConditionalWeakTable<Type, object> Known = [];
    private static readonly object Yes = new(), No = new();

    public static bool Has(Type type) => Known.GetValue(type, static type => IsCounted(type) ? Yes : No) == Yes;

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A type that lost the interface because nobody asks for it is written by its name.")]
    private static bool IsCounted(Type type)
    {
        Type[] interfaces = [.. type.GetInterfaces().Where(known => known.IsGenericType).Select(known => known.GetGenericTypeDefinition())];
        return type.Assembly == typeof(Enumerable).Assembly
            ? interfaces.Contains(typeof(ILookup<,>)) || interfaces.Contains(typeof(IGrouping<,>))
            : interfaces.Contains(typeof(IReadOnlyCollection<>)) || interfaces.Contains(typeof(ICollection<>)) || interfaces.Contains(typeof(ILookup<,>));
    }
}
