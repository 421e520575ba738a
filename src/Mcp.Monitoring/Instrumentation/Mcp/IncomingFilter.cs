using Mcp.Monitoring.Instrumentation.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>
/// Sees every message that comes in. Requests with a request filter pass untouched unless they fail before it; all others are operations of the
/// protocol.
/// </summary>
internal sealed class IncomingFilter(McpServerInstrumentation owner)
{
    public McpMessageHandler Wrap(McpMessageHandler next) => new Handler(this, next).InvokeAsync;

    private Task PassAsync(MessageContext context, McpMessageHandler next, ProtocolMethod method, CancellationToken cancellationToken)
    {
        Task running;
        try
        {
            running = next(context, cancellationToken);
        }
        catch (Exception exception) when (Refuse(context, method, exception))
        {
            throw;
        }

        return running.IsCompletedSuccessfully ? running : Watch(running, context, method);
    }

    private Task Watch(Task running, MessageContext context, ProtocolMethod method) => Tasks.WhenEnded(running, () =>
    {
        if (!running.IsCompletedSuccessfully)
        {
            Refuse(context, method, Tasks.ExceptionOf(running));
        }
    });

    private bool Refuse(MessageContext context, ProtocolMethod method, Exception exception)
    {
        try
        {
            owner.Refused.Failed(context, method, exception);
        }
        catch (Exception fault)
        {
            owner.Report(fault);
        }

        return false;
    }

    private Task ObserveAsync(MessageContext context, McpMessageHandler next, ProtocolMethod method, CancellationToken cancellationToken)
    {
        ProtocolRequest request;
        try
        {
            request = new ProtocolRequest(owner, context, method, cancellationToken);
        }
        catch (Exception fault) when (owner.Report(fault))
        {
            return next(context, cancellationToken);
        }

        Task running;
        try
        {
            running = next(context, cancellationToken);
        }
        catch (Exception exception) when (request.Fail(exception))
        {
            throw;
        }

        return Tasks.WhenEnded(running, () => request.End(running));
    }

    private sealed class Handler(IncomingFilter filter, McpMessageHandler next)
    {
        public Task InvokeAsync(MessageContext context, CancellationToken cancellationToken)
        {
            filter.NoteSession(context, cancellationToken);
            if (context.JsonRpcMessage is not JsonRpcRequest request)
            {
                return next(context, cancellationToken);
            }

            ProtocolMethod method = ProtocolMethod.Find(request.Method);
            return method.HasRequestFilter
                ? filter.PassAsync(context, next, method, cancellationToken)
                : filter.ObserveAsync(context, next, method, cancellationToken);
        }
    }

    private void NoteSession(MessageContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (context.Server.SessionId is not { } session)
            {
                return;
            }

            JsonRpcMessage message = context.JsonRpcMessage;
            var carrier = HttpRequestTracker.Current;
            if (SessionContext.IsAround(message))
            {
                // No message of it has the token of the session for certain; the stream of a legacy one ends with it.
                carrier?.Carry(session);
                SessionContext.Leave();
            }

            owner.Sessions.Touch(session, message is JsonRpcRequest { Method: RequestMethods.Initialize }, cancellationToken, carrier);
            if (message is JsonRpcNotification)
            {
                // A request has a token of its own; that of a notification, such as the one after each handshake, is the session's.
                owner.Sessions.ForgetWhen(session, cancellationToken);
            }
        }
        catch (Exception fault)
        {
            owner.Report(fault);
        }
    }
}
