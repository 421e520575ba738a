using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.StatusPage.Access;

internal static class AccessRegistration
{
    /// <param name="services">The services of the host, among which is the <see cref="SignInForm"/>.</param>
    /// <param name="options">The settings as they are now.</param>
    /// <param name="nameOf">The name by which the user gave a setting.</param>
    /// <param name="goesOn">Whether a host with wrong settings is to start all the same; told to mark it.</param>
    public static void AddStatusPageAccess(
        this IServiceCollection services,
        Func<IServiceProvider, StatusPageOptions> options,
        Func<IServiceProvider, string, string> nameOf,
        Func<IServiceProvider, bool> goesOn)
    {
        services.AddSingleton(provider => new KeyRing(() => options(provider)));
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<Antiforgery>();
        services.AddSingleton<SignInTries>();
        services.AddSingleton<AcknowledgeTickets>();
        services.AddSingleton<PageAudit>();
        services.AddSingleton<PageGate>();
        services.AddSingleton(provider => new PageAccess(
            () => options(provider),
            IsDevelopment(provider),
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<SessionCookie>(),
            provider.GetRequiredService<Antiforgery>(),
            provider.GetRequiredService<SignInTries>(),
            provider.GetRequiredService<ILogger<PageAccess>>()));
        services.AddSingleton(provider => new SignInEndpoint(
            provider.GetRequiredService<PageAccess>(),
            provider.GetRequiredService<SessionCookie>(),
            provider.GetRequiredService<PageAudit>(),
            provider.GetRequiredService<SignInForm>()));
        services.AddSingleton<IStartupFilter>(provider => new StatusPageStart(
            () => options(provider), IsDevelopment(provider), path => nameOf(provider, path), () => goesOn(provider), provider.GetRequiredService<ILogger<StatusPageStart>>()));
    }

    private static bool IsDevelopment(IServiceProvider provider) => provider.GetService<IHostEnvironment>()?.IsDevelopment() == true;
}
