namespace Mcp.Monitoring.Errors;

/// <summary>The names of a method as a person wrote them, from those that the compiler made for state machines, lambdas and local functions.</summary>
internal readonly record struct MethodName(string? Module, string Function)
{
    public static MethodName Of(string? declaringType, string method)
    {
        if (string.IsNullOrEmpty(declaringType))
        {
            return new MethodName(null, Written(method));
        }

        int arguments = declaringType.IndexOf('[', StringComparison.Ordinal);
        List<string> parts = [.. (arguments < 0 ? declaringType : declaringType[..arguments]).Split('+')];
        while (parts.Count > 1 && parts[^1].StartsWith('<'))
        {
            // Outer+<Work>d__3.MoveNext is Work; in Outer+<>c the method's own name says it.
            string inside = Inside(parts[^1]);
            method = inside.Length > 0 ? inside : method;
            parts.RemoveAt(parts.Count - 1);
        }

        return new MethodName(string.Join('.', parts.Select(WithoutArity)), Written(method));
    }

    private static string Written(string method)
    {
        if (!method.StartsWith('<'))
        {
            return method;
        }

        string inside = Inside(method);
        if (inside.Length == 0)
        {
            return method;
        }

        string around = Written(inside);
        string rest = method[(inside.Length + 2)..];
        if (rest.StartsWith("b__", StringComparison.Ordinal))
        {
            // As Sentry's own SDK writes it, so that groups stay when a host changes to it or from it.
            return $"{around} {{ <lambda> }}";
        }

        if (rest.StartsWith("g__", StringComparison.Ordinal))
        {
            int bar = rest.IndexOf('|', StringComparison.Ordinal);
            return $"{around}.{(bar < 0 ? rest[3..] : rest[3..bar])}";
        }

        return around;
    }

    /// <summary>What stands between the first bracket and the one that closes it.</summary>
    private static string Inside(string name)
    {
        int depth = 0;
        for (int i = 0; i < name.Length; i++)
        {
            depth += name[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (depth == 0)
            {
                return i > 1 ? name[1..i] : "";
            }
        }

        return "";
    }

    private static string WithoutArity(string name)
    {
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : name[..tick];
    }
}
