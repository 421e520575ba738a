using System.Net;
using Mcp.Monitoring.Instrumentation.Dependencies.OneC;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Http;

/// <summary>What is measured of the calls of an HTTP client.</summary>
internal sealed class HttpDependency(Dependency dependency, HttpCallNames names, Func<HttpResponseMessage, ErrorType?>? failure, OneCAnswers? oneC, InternalErrors errors)
{
    public DependencyCallScope Begin(HttpRequestMessage request) => dependency.Call(names.Of(request)).Begin();

    /// <summary>Gets who puts a failure into words; <see langword="null"/> where nobody does.</summary>
    public OneCAnswers? OneC => oneC;

    public void Answered(DependencyCallScope call, HttpResponseMessage response)
    {
        dependency.CountConnection(isMade: true);
        if (FailureOf(response) is { } type)
        {
            call.Fail(type);
        }
        else
        {
            call.Answer();
        }
    }

    /// <returns><see langword="false"/>, for an exception filter.</returns>
    public bool Failed(DependencyCallScope call, Exception exception)
    {
        bool isAboutConnection = exception is HttpRequestException { HttpRequestError: var error } && IsAboutConnection(error);
        if (isAboutConnection)
        {
            dependency.CountConnection(isMade: false);
        }

        oneC?.Failed(dependency.Classify(dependency.Context(), exception), isAboutConnection);
        return call.Fail(exception);
    }

    private static bool IsAboutConnection(HttpRequestError error) =>
        error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private ErrorType? FailureOf(HttpResponseMessage response)
    {
        try
        {
            return failure is null ? ByDefault(response) : failure(response);
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Operation, fault);
            return ByDefault(response);
        }
    }

    private static ErrorType? ByDefault(HttpResponseMessage response) => response.Content is OneCContent { Fault.Type: var type } ? type : ByStatus(response.StatusCode);

    // What says that the request was not right, or that there is no such thing, comes from a dependency that works.
    private static ErrorType? ByStatus(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired => ErrorType.Auth,
        HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => ErrorType.Timeout,
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => ErrorType.Integration,
        _ => null,
    };
}
