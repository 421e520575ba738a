using System.Reflection;

namespace Mcp.Monitoring.Tests.Operations;

/// <summary>Exceptions of shapes that no counter should stumble over.</summary>
internal static class ExceptionShapes
{
    private static readonly FieldInfo InnerField = typeof(Exception).GetField("_innerException", BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>An exception in so many wrappers.</summary>
    public static Exception Chain(Exception cause, int depth)
    {
        for (int i = 0; i < depth; i++)
        {
            cause = new InvalidOperationException("wrapped", cause);
        }

        return cause;
    }

    /// <summary>Aggregates of <paramref name="width"/> times the one below: few objects, <paramref name="width"/> to the power of <paramref name="depth"/> ways.</summary>
    public static Exception Shared(Exception cause, int width, int depth)
    {
        for (int i = 0; i < depth; i++)
        {
            cause = new AggregateException(Enumerable.Repeat(cause, width));
        }

        return cause;
    }

    /// <summary>An aggregate of different failures.</summary>
    public static AggregateException Wide(int width) => new(Enumerable.Range(0, width).Select(i => new InvalidOperationException($"{i}")));

    /// <summary>A chain whose innermost cause is its outermost wrapper, which only reflection can make.</summary>
    public static Exception Circle(int length)
    {
        Exception last = new InvalidOperationException("last");
        Exception first = Chain(last, length - 1);
        InnerField.SetValue(last, first);
        return first;
    }

    /// <summary>An exception that says it is every other one.</summary>
    public sealed class EqualToAll(string message, Exception? cause = null) : Exception(message, cause)
    {
        public override bool Equals(object? obj) => obj is Exception;

        public override int GetHashCode() => 0;

        public override Exception GetBaseException() => this;
    }

    /// <summary>An exception that cannot be looked at.</summary>
    public sealed class Unreadable(Exception? cause = null) : Exception("", cause)
    {
        public override string Message => throw new InvalidOperationException("no message");

        public override bool Equals(object? obj) => throw new InvalidOperationException("no equality");

        public override int GetHashCode() => throw new InvalidOperationException("no hash");

        public override string ToString() => throw new InvalidOperationException("no text");
    }
}
