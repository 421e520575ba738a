using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Instrumentation.Logging;

/// <summary>The scopes of requests in a host whose logging does not ask us for ours: opened at the start of each and closed at its end.</summary>
internal sealed class PushedScopes(ILogger logger, InternalErrors errors)
    : OperationListener(InternalErrors.Instrumentation, OperationMoments.Started | OperationMoments.Completed)
{
    public override void Started(OperationRecord record)
    {
        bool isRequest = record.Call is not null || record.Context is RequestContext;
        if (record.IsRoot && isRequest)
        {
            record.LogScope = Begin(record.Context);
        }
    }

    public override void Completed(OperationRecord record)
    {
        if (record.LogScope is { } scope)
        {
            End(scope);
        }
    }

    public IDisposable? Begin(OperationContext context)
    {
        try
        {
            return logger.BeginScope(new OperationLogScope(context));
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Instrumentation, fault);
            return null;
        }
    }

    public void End(IDisposable scope)
    {
        try
        {
            scope.Dispose();
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Instrumentation, fault);
        }
    }
}
