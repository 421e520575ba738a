using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Scopes;

/// <summary>The scopes of a host: its own, and those of its requests and operations.</summary>
internal sealed class ErrorScopes(int mostBreadcrumbs)
{
    private readonly ErrorScope _host = new();

    /// <summary>Gets the scope that the calling code is in.</summary>
    public ErrorScope Current => OperationContext.Current?.Attach<ErrorScope>() ?? _host;

    public void Add(Breadcrumb breadcrumb) => Current.Trail.Add(breadcrumb, mostBreadcrumbs);

    /// <summary>Adds what was said for an event of a context: in it, in the request around it, and for the host.</summary>
    public void ApplyTo(SentryEvent sentryEvent, OperationContext? context)
    {
        ErrorScope? inner = ErrorScope.Of(context);
        ErrorScope? around = context?.Request is { } request && request != context ? ErrorScope.Of(request) : null;
        inner?.ApplyTo(sentryEvent);
        around?.ApplyTo(sentryEvent);
        _host.ApplyTo(sentryEvent);
        foreach (Breadcrumb crumb in TrailOf(inner, around, mostBreadcrumbs - sentryEvent.Breadcrumbs.Count))
        {
            sentryEvent.AddBreadcrumb(crumb);
        }
    }

    // What the host did meanwhile takes only the room that the request leaves.
    private Breadcrumb[] TrailOf(ErrorScope? inner, ErrorScope? around, int most)
    {
        Breadcrumb[] own = Last([.. around?.Trail.ToArray() ?? [], .. inner?.Trail.ToArray() ?? []], most);
        return Last([.. Last(_host.Trail.ToArray(), most - own.Length), .. own], most);
    }

    private static Breadcrumb[] Last(Breadcrumb[] crumbs, int most) =>
        most <= 0 || crumbs.Length == 0 ? [] : [.. crumbs.OrderBy(crumb => crumb.Timestamp).TakeLast(most)];
}
