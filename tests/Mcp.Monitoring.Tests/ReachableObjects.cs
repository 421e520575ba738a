using System.Reflection;

namespace Mcp.Monitoring.Tests;

/// <summary>
/// Counts what objects hold on to, and what the library keeps in static fields: unlike the memory of the process it does not depend on what else happens in it. What is held
/// weakly does not count.
/// </summary>
internal static class ReachableObjects
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, FieldInfo[]> Fields = [];
    private static readonly Lock Counting = new();

    public static int Count(params object[] roots)
    {
        lock (Counting)
        {
            var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
            var open = new Stack<object>(roots);
            foreach (object root in OfLibrary())
            {
                open.Push(root);
            }

            while (open.TryPop(out object? next))
            {
                if (IsOfTheRuntime(next) || !seen.Add(next))
                {
                    continue;
                }

                if (next is Array array)
                {
                    PushItems(open, array);
                }
                else
                {
                    PushFields(open, next, next.GetType());
                }
            }

            return seen.Count;
        }
    }

    private static IEnumerable<object> OfLibrary() => typeof(McpMonitor).Assembly.GetTypes()
        .Where(type => !type.ContainsGenericParameters)
        .SelectMany(type => type.GetFields(Own | BindingFlags.Static))
        .Where(field => !field.IsLiteral && !IsPlain(field.FieldType))
        .Select(field => field.GetValue(null))
        .OfType<object>();

    private static void PushItems(Stack<object> open, Array array)
    {
        if (IsPlain(array.GetType().GetElementType()!))
        {
            return;
        }

        foreach (object? item in array)
        {
            Push(open, item);
        }
    }

    private static void PushFields(Stack<object> open, object owner, Type type)
    {
        foreach (FieldInfo field in FieldsOf(type))
        {
            Push(open, field.GetValue(owner));
        }
    }

    // The fields of a value are fields of what it is in.
    private static void Push(Stack<object> open, object? value)
    {
        if (value is null)
        {
            return;
        }

        if (value.GetType().IsValueType)
        {
            PushFields(open, value, value.GetType());
        }
        else
        {
            open.Push(value);
        }
    }

    private static FieldInfo[] FieldsOf(Type type)
    {
        if (Fields.TryGetValue(type, out FieldInfo[]? known))
        {
            return known;
        }

        var fields = new List<FieldInfo>();
        for (Type? of = type; of is not null; of = of.BaseType)
        {
            fields.AddRange(of.GetFields(Own | BindingFlags.Instance).Where(field => !IsPlain(field.FieldType)));
        }

        return Fields[type] = [.. fields];
    }

    private static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsFunctionPointer || type.IsByRef || type.IsByRefLike;

    private static bool IsOfTheRuntime(object found) => found is MemberInfo or Assembly or Module or Thread or Pointer or WeakReference or AppDomain;
}
