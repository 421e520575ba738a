namespace Mcp.Monitoring.Operations;

/// <summary>Who opens log scopes around requests, in hosts where log records do not find the operation by themselves. It never throws.</summary>
internal abstract class RequestScopes
{
    public abstract IDisposable? Begin(OperationContext context);

    public abstract void End(IDisposable scope);
}
