using System.Collections;
using System.Reflection;

namespace Mcp.Monitoring.Tests;

/// <summary>
/// Counts what objects hold on to, and what the library keeps in static collections: unlike the memory of the process it does not depend on what else happens in it. It goes
/// into the library's own objects, those of tests, collections and the services of a host; what is of others, such as timers and listeners, which know all others of the process, is one
/// object. What is held weakly does not count.
/// </summary>
internal static class ReachableObjects
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] Entered = ["Mcp.Monitoring", "System.Collections", "System.Threading.Channels", "System.Text", "Microsoft.Extensions.DependencyInjection"];
    private static readonly Assembly[] OurOwn = [typeof(McpMonitor).Assembly, typeof(ReachableObjects).Assembly];

    public static int Count(params object[] roots)
    {
        var walk = new Walk();
        foreach (object root in roots)
        {
            walk.Go(root, entersOurOwn: true);
        }

        foreach (object kept in StaticCollections())
        {
            walk.Go(kept, entersOurOwn: false);
        }

        return walk.Count;
    }

    // The hosts of other tests are among what static fields lead to: of a collection only its items count.
    private static IEnumerable<object> StaticCollections() => typeof(McpMonitor).Assembly.GetTypes()
        .Where(type => !type.ContainsGenericParameters)
        .SelectMany(type => type.GetFields(Own | BindingFlags.Static))
        .Where(field => !field.IsLiteral && typeof(IEnumerable).IsAssignableFrom(field.FieldType) && field.FieldType != typeof(string))
        .Select(field => field.GetValue(null))
        .OfType<object>();

    private sealed class Walk
    {
        private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<Type, FieldInfo[]> _fields = [];
        private readonly Stack<object> _open = new();

        public int Count => _seen.Count;

        public void Go(object root, bool entersOurOwn)
        {
            _open.Push(root);
            while (_open.TryPop(out object? next))
            {
                if (!_seen.Add(next))
                {
                    continue;
                }

                Type type = next.GetType();
                if (next is Array array)
                {
                    PushItems(array, type.GetElementType()!);
                }
                else if (next is Delegate { Target: { } target })
                {
                    _open.Push(target);
                }
                else if (IsEntered(type) && (entersOurOwn || !OurOwn.Contains(type.Assembly)))
                {
                    PushFields(next, type);
                }
            }
        }

        private static bool IsEntered(Type type) => Array.Exists(Entered, name => type.FullName?.StartsWith(name, StringComparison.Ordinal) == true) || OurOwn.Contains(type.Assembly);

        private void PushItems(Array array, Type of)
        {
            if (IsPlain(of))
            {
                return;
            }

            foreach (object? item in array)
            {
                Push(item);
            }
        }

        private void PushFields(object owner, Type type)
        {
            foreach (FieldInfo field in FieldsOf(type))
            {
                Push(field.GetValue(owner));
            }
        }

        // The fields of a value are fields of what it is in.
        private void Push(object? value)
        {
            if (value is null)
            {
                return;
            }

            if (value.GetType().IsValueType)
            {
                PushFields(value, value.GetType());
            }
            else
            {
                _open.Push(value);
            }
        }

        private FieldInfo[] FieldsOf(Type type)
        {
            if (_fields.TryGetValue(type, out FieldInfo[]? known))
            {
                return known;
            }

            var fields = new List<FieldInfo>();
            for (Type? of = type; of is not null; of = of.BaseType)
            {
                fields.AddRange(of.GetFields(Own | BindingFlags.Instance).Where(field => !IsPlain(field.FieldType)));
            }

            return _fields[type] = [.. fields];
        }

        private static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsFunctionPointer || type.IsByRef || type.IsByRefLike;
    }
}
