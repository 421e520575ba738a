using Microsoft.Extensions.DependencyInjection;
using Sentry.AspNetCore;
using Sentry.Extensions.Logging;

namespace Mcp.Monitoring.Errors.Sentry;

internal static class HostEventsRegistration
{
    /// <summary>Stands in the client of Sentry's SDK, if the host registers it, before or after this. It asks for nothing else: that client is made with the first logger.</summary>
    public static void AddHostEvents(this IServiceCollection services)
    {
        services.AddSingleton<HostEvents>();
        services.AddOptions<SentryAspNetCoreOptions>().Configure<HostEvents>(Stand);
        services.AddOptions<SentryLoggingOptions>().Configure<HostEvents>(Stand);
    }

    private static void Stand(SentryLoggingOptions options, HostEvents events)
    {
        events.Options = options;
        options.AddExceptionFilter(events);
        options.AddEventProcessor(events);
    }
}
