using System.Collections;
using System.Reflection;
using System.Text;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>Everything that is reachable from options by reflection: what of it can be changed, one change at a time, and its state as text.</summary>
internal static class OptionsGraph
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Lists the changes that whoever holds such options could make, by their path; each finds its place anew in the options that it is given.</summary>
    public static IEnumerable<(string Path, Action<object> Change)> Changes(object options) => Changes(options, "", static root => root);

    /// <summary>Writes down every field, private ones and items of lists too.</summary>
    public static string StateOf(object options)
    {
        var text = new StringBuilder();
        Write(text, "", options);
        return text.ToString();
    }

    private static IEnumerable<(string Path, Action<object> Change)> Changes(object owner, string path, Func<object, object> find)
    {
        foreach (PropertyInfo property in owner.GetType().GetProperties().Where(property => property.GetMethod is { IsStatic: false } && property.GetIndexParameters().Length == 0))
        {
            string inner = $"{path}{property.Name}";
            object? value = property.GetValue(owner);
            if (property.SetMethod is { IsPublic: true })
            {
                object? other = Other(property.PropertyType, value);
                yield return (inner, root => property.SetValue(find(root), other));
            }

            Func<object, object> findInner = root => property.GetValue(find(root))!;
            IEnumerable<(string, Action<object>)> further = value switch
            {
                IList list => ChangesOfList(list, inner, findInner),
                not null when value.GetType().Assembly == typeof(McpMonitor).Assembly && value is not Enum => Changes(value, inner + ".", findInner),
                _ => [],
            };
            foreach ((string, Action<object>) change in further)
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<(string Path, Action<object> Change)> ChangesOfList(IList list, string path, Func<object, object> find)
    {
        Type of = list.GetType().GetGenericArguments()[0];
        yield return ($"{path}.Add", root => ((IList)find(root)).Add(Other(of, null)));
        yield return ($"{path}.Clear", root => ((IList)find(root)).Clear());
        for (int i = 0; i < list.Count; i++)
        {
            int index = i;
            yield return ($"{path}[{i}]", root => ((IList)find(root))[index] = Other(of, list[index]));
            foreach ((string, Action<object>) change in of == typeof(string) ? [] : Changes(list[i]!, $"{path}[{i}].", root => ((IList)find(root))[index]!))
            {
                yield return change;
            }
        }
    }

    private static object? Other(Type type, object? value)
    {
        Type of = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            bool flag => !flag,
            int number => number + 1,
            double number => number + 1,
            TimeSpan time => time + TimeSpan.FromSeconds(1),
            string text => text + "x",
            Enum choice => Enum.GetValues(of).Cast<object>().First(known => !known.Equals(choice)),
            Delegate => null,
            _ when of == typeof(string) => "x",
            _ when of.IsEnum => Enum.GetValues(of).GetValue(0),
            _ when typeof(Delegate).IsAssignableFrom(of) => null,
            _ when of.IsGenericType && of.IsInterface => Activator.CreateInstance(typeof(List<>).MakeGenericType(of.GetGenericArguments())),
            _ when of == typeof(Prometheus.CollectorRegistry) => Prometheus.Metrics.NewCustomRegistry(),
            _ => Activator.CreateInstance(of),
        };
    }

    private static void Write(StringBuilder text, string path, object? value)
    {
        switch (value)
        {
            case null or string or ValueType or Delegate:
                text.Append(path).Append('=').AppendLine(value?.ToString());
                break;
            case IList list:
                text.Append(path).Append('#').Append(list.Count).AppendLine();
                for (int i = 0; i < list.Count; i++)
                {
                    Write(text, $"{path}[{i}]", list[i]);
                }

                break;
            case var owner when owner.GetType().Assembly == typeof(McpMonitor).Assembly:
                foreach (FieldInfo field in owner.GetType().GetFields(Fields))
                {
                    Write(text, $"{path}.{field.Name}", field.GetValue(owner));
                }

                break;
            default:
                text.Append(path).Append('@').Append(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value)).AppendLine();
                break;
        }
    }
}
