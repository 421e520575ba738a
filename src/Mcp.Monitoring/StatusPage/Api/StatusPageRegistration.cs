using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.StatusPage.Access;
using Mcp.Monitoring.StatusPage.Assets;
using Mcp.Monitoring.StatusPage.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.StatusPage.Api;

internal static class StatusPageRegistration
{
    /// <param name="services">The services of the host.</param>
    /// <param name="sources">Where the views come from.</param>
    /// <param name="isReadOnly">Whether nobody may act.</param>
    public static void AddStatusPage(this IServiceCollection services, Func<IServiceProvider, StatusSources> sources, Func<IServiceProvider, bool> isReadOnly)
    {
        services.AddSingleton(provider => new RecentFailures(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(sources);
        services.AddSingleton<IStatusViews, StatusViews>();
        services.AddSingleton<PageAssets>();
        services.AddSingleton<SignInForm>(provider => (http, problem) => ShowAsync(provider.GetRequiredService<PageAssets>(), http, problem));
        services.AddSingleton<PageEndpoint>();
        services.AddSingleton<StatusAnswers>();
        services.AddSingleton<StatusApi>();
        services.AddSingleton(static provider =>
        {
            PageAccess access = provider.GetRequiredService<PageAccess>();
            return new StatusEvents(
                provider.GetRequiredService<StatusAnswers>(), http => access.Judge(http).Caller is not null, provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<StatusActions>();
        services.AddSingleton(provider => new AcknowledgeEndpoint(
            provider.GetRequiredService<AcknowledgeTickets>(),
            provider.GetRequiredService<IAlertManager>(),
            provider.GetRequiredService<StatusAnswers>(),
            provider.GetRequiredService<PageAssets>(),
            provider.GetRequiredService<PageAudit>(),
            () => isReadOnly(provider),
            provider.GetRequiredService<TimeProvider>()));
    }

    private static Task ShowAsync(PageAssets assets, HttpContext http, SignInProblem problem)
    {
        PageHeaders.SetForm(http.Response.Headers);
        var language = ReaderLanguage.Of(http.Request);
        IReadOnlyDictionary<string, string> texts = PageTexts.Of(language).All;
        string error = problem switch
        {
            SignInProblem.WrongToken => texts["sign_in.wrong"],
            SignInProblem.TooManyTries => texts["sign_in.wait"],
            _ => "",
        };
        return assets.Form(PageForm.SignIn, language, new Dictionary<string, string>(StringComparer.Ordinal) { ["error"] = error }).SendAsync(http);
    }
}
