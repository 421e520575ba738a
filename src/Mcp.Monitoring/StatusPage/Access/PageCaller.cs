using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>By what a caller was let in.</summary>
internal enum WayIn
{
    /// <summary>A request of this machine, in Development.</summary>
    Local,

    /// <summary>The policy of the host.</summary>
    Policy,

    /// <summary>The token in the header <c>Authorization</c>.</summary>
    Header,

    /// <summary>The cookie of a sign-in with the token.</summary>
    Cookie,
}

/// <summary>Who was let in.</summary>
/// <param name="Way">By what.</param>
/// <param name="Name">The name of the user, where the host knows it.</param>
/// <param name="MayAct">Whether he may do more than read.</param>
internal sealed record PageCaller(WayIn Way, string? Name, bool MayAct)
{
    /// <summary>Gets what tells this caller from the others, for a token against forged requests.</summary>
    public string Identity { get; init; } = Way == WayIn.Policy ? $"user {Name}" : "local";

    /// <summary>Returns whom <see cref="PageGate"/> has let in with a request.</summary>
    public static PageCaller Of(HttpContext http) =>
        http.Features.Get<PageCaller>() ?? throw new InvalidOperationException("The endpoint of this request is not behind a PageGate.");
}
