using System.Runtime.CompilerServices;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Scopes;

/// <summary>Adds to events what they do not say themselves.</summary>
internal static class EventMerging
{
    /// <summary>The most tags, and the most extras, that an event takes over from a scope.</summary>
    private const int Most = 50;

    // What a scope asks its options for is how many breadcrumbs it keeps.
    private static readonly global::Sentry.SentryOptions Defaults = new();

    private static readonly ConditionalWeakTable<SentryEvent, object> WithLevel = [];

    /// <summary>Has no other scope change how bad it is.</summary>
    public static void FixLevel(this SentryEvent sentryEvent, SentryLevel level)
    {
        sentryEvent.Level = level;
        WithLevel.AddOrUpdate(sentryEvent, WithLevel);
    }

    public static Scope NewScope() => new(Defaults);

    public static void TryTag(this SentryEvent sentryEvent, string name, string? value)
    {
        if (value is not null && !sentryEvent.Tags.ContainsKey(name))
        {
            sentryEvent.SetTag(name, value);
        }
    }

    /// <summary>Adds what a caller has to say of this event alone.</summary>
    public static SentryEvent With(this SentryEvent sentryEvent, Action<Scope>? configure)
    {
        if (configure is not null)
        {
            Scope scope = NewScope();
            configure(scope);
            scope.AddTo(sentryEvent);
        }

        return sentryEvent;
    }

    /// <summary>Adds what a scope says.</summary>
    public static void AddTo(this Scope scope, SentryEvent sentryEvent)
    {
        foreach ((string key, string value) in scope.Tags.Take(Most))
        {
            sentryEvent.TryTag(key, value);
        }

        foreach ((string key, object? value) in scope.Extra.Take(Most))
        {
            if (!sentryEvent.Extra.ContainsKey(key))
            {
                sentryEvent.SetExtra(key, value);
            }
        }

        foreach ((string key, object value) in scope.Contexts)
        {
            sentryEvent.Contexts.TryAdd(key, value);
        }

        foreach (Breadcrumb crumb in scope.Breadcrumbs)
        {
            sentryEvent.AddBreadcrumb(crumb);
        }

        sentryEvent.User.Id ??= scope.User.Id;
        sentryEvent.User.Email ??= scope.User.Email;
        sentryEvent.User.Username ??= scope.User.Username;
        sentryEvent.User.IpAddress ??= scope.User.IpAddress;
        if (scope.Level is { } level && !WithLevel.TryGetValue(sentryEvent, out _))
        {
            sentryEvent.FixLevel(level);
        }

        sentryEvent.TransactionName ??= scope.TransactionName;
        sentryEvent.Release ??= scope.Release;
        sentryEvent.Environment ??= scope.Environment;
        if (sentryEvent.Fingerprint.Count == 0 && scope.Fingerprint.Count > 0)
        {
            sentryEvent.Fingerprint = [.. scope.Fingerprint];
        }
    }
}
