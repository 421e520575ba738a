using System.Reflection;

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>Makes views in which every text is planted, whatever fields they have.</summary>
/// <param name="textOf">What is planted in a property, by its type and name.</param>
internal sealed class Planted(Func<string, string> textOf)
{
    public List<string> Places { get; } = [];

    public T Make<T>() => (T)Make(typeof(T), typeof(T).Name)!;

    private object? Make(Type type, string place)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            Places.Add(place);
            return textOf(place);
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1);
        }

        if (type == typeof(DateTimeOffset))
        {
            return Night.Now;
        }

        if (type.IsPrimitive)
        {
            return Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture);
        }

        return type.IsGenericType ? MakeMany(type, place) : MakeRecord(type);
    }

    private object MakeMany(Type type, string place)
    {
        Type[] of = type.GetGenericArguments();
        if (of.Length == 1)
        {
            var list = Array.CreateInstance(of[0], 2);
            list.SetValue(Make(of[0], place), 0);
            list.SetValue(Make(of[0], place), 1);
            return list;
        }

        object dictionary = Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(of))!;
        MethodInfo add = dictionary.GetType().GetMethod("Add")!;
        foreach (string label in (string[])["dependency", "operation", "region"])
        {
            add.Invoke(dictionary, [label, Make(of[1], $"{place}[{label}]")]);
        }

        return dictionary;
    }

    private object MakeRecord(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        object made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, $"{type.Name}.{parameter.Name}"))]);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite && !constructor.GetParameters().Any(parameter => parameter.Name == property.Name)))
        {
            property.SetValue(made, Make(property.PropertyType, $"{type.Name}.{property.Name}"));
        }

        return made;
    }
}
