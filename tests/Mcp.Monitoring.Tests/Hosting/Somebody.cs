using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Hosting;

/// <summary>An authentication that believes who says a name in the header Authorization, and a policy that only the name <c>ops</c> meets.</summary>
internal sealed class Somebody(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Policy = "operators", Operator = "ops";

    public static void AddTo(IServiceCollection services)
    {
        services.AddAuthentication(nameof(Somebody)).AddScheme<AuthenticationSchemeOptions, Somebody>(nameof(Somebody), configureOptions: null);
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.RequireUserName(Operator));
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Request.Headers.Authorization.ToString() is { Length: > 0 } name
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], nameof(Somebody))), nameof(Somebody)))
            : AuthenticateResult.NoResult());
}
