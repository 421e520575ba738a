using Mcp.Monitoring.Hosting;
using Mcp.Monitoring.StatusPage.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.StatusPage.Api;

/// <summary>The routes of the page and its API.</summary>
internal static class StatusRoutes
{
    private const string Page = "/monitoring", Api = $"{Page}/api/v1", Incident = $"{Api}/incidents/{{{StatusActions.NumberValue}:int}}", Silences = $"{Api}/silences";
    private const string SignIn = $"{Page}/{PageRefusal.SignInPath}", Ticket = $"{Page}/acknowledge/{{{AcknowledgeEndpoint.TicketValue}}}";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head], Getting = [HttpMethods.Get], Posting = [HttpMethods.Post], Deleting = [HttpMethods.Delete];

    /// <summary>Maps them all; nothing on them answers to whom <see cref="PageAccess"/> does not let in, but the forms.</summary>
    public static IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder endpoints, IServiceProvider services)
    {
        PageGate gate = services.GetRequiredService<PageGate>();
        PageEndpoint page = services.GetRequiredService<PageEndpoint>();
        StatusApi api = services.GetRequiredService<StatusApi>();
        StatusActions actions = services.GetRequiredService<StatusActions>();
        SignInEndpoint signIn = services.GetRequiredService<SignInEndpoint>();
        AcknowledgeEndpoint acknowledge = services.GetRequiredService<AcknowledgeEndpoint>();
        return
        [
            Map(Page, Reading, gate.Page(page.PageAsync)),
            Map($"{Page}/assets/{{{PageEndpoint.FileValue}}}", Reading, page.FileAsync),
            Map($"{Api}/status", Reading, gate.Reading(api.StatusAsync)),
            Map($"{Api}/charts", Reading, gate.Reading(api.ChartsAsync)),
            Map($"{Api}/rules", Reading, gate.Reading(api.RulesAsync)),
            Map($"{Api}/settings", Reading, gate.Reading(api.SettingsAsync)),
            Map($"{Api}/session", Reading, gate.Reading(api.SessionAsync)),
            Map($"{Api}/operations/{{{StatusApi.TypeValue}}}/{{{StatusApi.NameValue}}}", Reading, gate.Reading(api.OperationAsync)),
            Map($"{Api}/events", Getting, gate.Reading(services.GetRequiredService<StatusEvents>().WatchAsync)).DisableTimeout(),
            Map($"{Incident}/acknowledge", Posting, gate.Acting(actions.AcknowledgeAsync)),
            Map($"{Incident}/resolve", Posting, gate.Acting(actions.ResolveAsync)),
            Map(Silences, Posting, gate.Acting(actions.SilenceAsync)),
            Map($"{Silences}/preview", Posting, gate.Acting(actions.PreviewAsync)),
            Map($"{Silences}/{{{StatusActions.IdValue}}}", Deleting, gate.Acting(actions.EndSilenceAsync)),
            Map($"{Api}/channels/{{{StatusActions.ChannelValue}}}/test", Posting, gate.Acting(actions.TestAsync)).DisableTimeout(),
            Map(SignIn, Reading, signIn.ShowAsync),
            Map(SignIn, Posting, signIn.SignInAsync),
            Map($"{Page}/{SignInEndpoint.SignOutPath}", Posting, signIn.SignOutAsync),
            Map(Ticket, Reading, acknowledge.ShowAsync),
            Map(Ticket, Posting, acknowledge.ActAsync),
        ];

        IEndpointConventionBuilder Map(string pattern, string[] methods, RequestDelegate answer)
        {
            IEndpointConventionBuilder endpoint = Routes.Name(endpoints.MapMethods(pattern, methods, answer), pattern);
            endpoint.ExemptFromCache();
            endpoint.WithMetadata(StatusPageEndpoint.Instance);
            return endpoint;
        }
    }

    // What lasts for as long as somebody watches, or a channel takes, is cut off by no limit of the host.
    private static IEndpointConventionBuilder DisableTimeout(this IEndpointConventionBuilder endpoint)
    {
        endpoint.DisableRequestTimeout();
        return endpoint;
    }
}
