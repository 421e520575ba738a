namespace Mcp.Monitoring.Operations;

/// <summary>Who is told of every error that is counted, once, on the thread that counts it.</summary>
internal abstract class ErrorSink
{
    public abstract void Counted(in CountedError error);
}
