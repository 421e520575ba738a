using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>What the form of the sign-in says above its field.</summary>
internal enum SignInProblem
{
    None,

    /// <summary>What was sent is not the token.</summary>
    WrongToken,

    /// <summary>Too many wrong tokens came from this address: the header <c>Retry-After</c> says how long to wait.</summary>
    TooManyTries,
}

/// <summary>Writes the page with the form: a POST to <c>sign-in</c> with the field <see cref="SignInEndpoint.Field"/>. The status is set already.</summary>
internal delegate Task SignInForm(HttpContext http, SignInProblem problem);
