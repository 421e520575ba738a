using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Instrumentation.Logging;

/// <summary>The scopes of requests in a host whose logging does not ask us for ours: opened at the start of each and closed at its end.</summary>
internal sealed class PushedScopes(ILogger logger, InternalErrors errors) : RequestScopes
{
    public override IDisposable? Begin(OperationContext context)
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

    public override void End(IDisposable scope)
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
