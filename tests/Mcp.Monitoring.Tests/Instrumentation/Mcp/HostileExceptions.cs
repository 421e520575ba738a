namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>An exception that answers null where none is allowed.</summary>
internal sealed class MuteException : Exception
{
    public override string Message => null!;

    public override string? StackTrace => null;

    public override string ToString() => null!;
}

/// <summary>An exception that throws whatever it is asked.</summary>
internal sealed class TrapException : Exception
{
    public override string Message => throw new NotSupportedException("trap");

    public override string? StackTrace => throw new NotSupportedException("trap");

    public override System.Collections.IDictionary Data => throw new NotSupportedException("trap");

    public override bool Equals(object? obj) => throw new NotSupportedException("trap");

    public override int GetHashCode() => throw new NotSupportedException("trap");

    public override string ToString() => throw new NotSupportedException("trap");
}
