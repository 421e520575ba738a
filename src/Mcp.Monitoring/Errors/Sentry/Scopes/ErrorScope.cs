using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Scopes;

/// <summary>What a host or a request has said for its later events. Kept with the context of the request, and made when it first says something.</summary>
internal sealed class ErrorScope
{
    private readonly Lock _changing = new();
    private Scope? _scope;

    public BreadcrumbTrail Trail { get; } = new();

    /// <summary>Gets what a context has, if it has said something.</summary>
    public static ErrorScope? Of(OperationContext? context) => context?.Attachment as ErrorScope;

    public void Configure(Action<Scope> configure)
    {
        lock (_changing)
        {
            configure(_scope ??= EventMerging.NewScope());
        }
    }

    public void ApplyTo(SentryEvent sentryEvent)
    {
        if (Volatile.Read(ref _scope) is { } scope)
        {
            lock (_changing)
            {
                scope.AddTo(sentryEvent);
            }
        }
    }
}
