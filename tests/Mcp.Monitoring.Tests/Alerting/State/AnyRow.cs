using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>Makes a row of any kind, whatever its fields are: numbers and names are those of its number, and every time is when it was over.</summary>
internal static class AnyRow
{
    /// <param name="table">The table of its kind.</param>
    /// <param name="number">What it is found by.</param>
    /// <param name="over">When it was over; <see langword="null"/> for what goes on, where its kind knows such.</param>
    /// <param name="now">The time of fields that must have one.</param>
    /// <param name="filler">What its texts end with.</param>
    public static StateRow Of(StateTable table, int number, DateTimeOffset? over, DateTimeOffset now, string filler = "") =>
        Write(table, Make(KindOf(table), new Fields(number, over, now, filler))!);

    /// <summary>Writes a row as its owner does.</summary>
    public static StateRow Write(StateTable table, object row) => (StateRow)table.GetType().GetMethod(nameof(StateTable<object>.Write))!.Invoke(table, [row])!;

    public static Type KindOf(StateTable table) => table.GetType().GetGenericArguments().Single();

    private static object? Make(Type type, Fields fields)
    {
        Type? inner = Nullable.GetUnderlyingType(type);
        if (inner == typeof(DateTimeOffset))
        {
            return fields.Over;
        }

        type = inner ?? type;
        return type == typeof(string) ? string.Create(CultureInfo.InvariantCulture, $"n{fields.Number}{fields.Filler}")
            : type == typeof(DateTimeOffset) ? fields.Over ?? fields.Now
            : type == typeof(TimeSpan) ? TimeSpan.Zero
            : type == typeof(bool) ? false
            : type.IsEnum ? Enum.GetValues(type).GetValue(fields.Number % Enum.GetValues(type).Length)
            : type.IsPrimitive ? Convert.ChangeType(fields.Number, type, CultureInfo.InvariantCulture)
            : typeof(IEnumerable).IsAssignableFrom(type) ? MakeMany(type, fields)
            : MakeObject(type, fields);
    }

    private static object MakeMany(Type type, Fields fields)
    {
        Type[] of = type.GetGenericArguments();
        if (of.Length == 2)
        {
            var labels = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(of))!;
            labels.Add(Make(of[0], fields)!, Make(of[1], fields));
            return labels;
        }

        return type.IsAssignableFrom(of[0].MakeArrayType()) ? Array.CreateInstance(of[0], 0) : Activator.CreateInstance(type)!;
    }

    private static object MakeObject(Type type, Fields fields)
    {
        ConstructorInfo constructor = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
        object made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, fields))]);
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite && property.GetCustomAttribute<CompilerGeneratedAttribute>() is null))
        {
            property.SetValue(made, Make(property.PropertyType, fields));
        }

        return made;
    }

    private sealed record Fields(int Number, DateTimeOffset? Over, DateTimeOffset Now, string Filler);
}
