using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>
/// One HTTP request and its answer: the context of everything inside, the place where routing leaves the endpoint, and what has to be known at the end. The one object that a request costs.
/// </summary>
internal sealed class HttpRequestTracker(HttpInstrumentation owner, HttpContext served, Activity? activity, long start)
    : TimedRequest(owner, activity, start), IEndpointFeature
{
    // Kept beyond the end where the answer has not begun by then, and let go when it does.
    private HttpContext? _http = served;
    private Endpoint? _endpoint;
    private HttpRoute? _route;
    private Ending _ending;
    private bool _isSentElsewhere;
    private bool _isTraced;
    private bool _isProbe;

    /// <summary>Gets the request that the calling code serves.</summary>
    public static new HttpRequestTracker? Current => OperationContext.Current?.Request as HttpRequestTracker;

    /// <summary>Gets what the client calls itself, while the request is in progress.</summary>
    public string? UserAgent => HasEnded ? null : (string?)_http?.Request.Headers.UserAgent;

    Endpoint? IEndpointFeature.Endpoint
    {
        get => _endpoint;
        set
        {
            _endpoint = value;
            if (value is null)
            {
                _isSentElsewhere = true;
            }
            else if (_route is null && !HasEnded)
            {
                Matched(value);
            }
        }
    }

    public override bool HasTimedOut => !HasEnded && _http is { } http && ClientConnection.HasTimedOut(http);

    public override string? Route => !HasEnded && _http is { } http && RouteOf(http) is var route && !IsLeftOut(route) ? route.Name : null;

    public override bool HasEndedByCaller => HasEnded && _ending == Ending.HungUp;

    public override bool HasCallerLeft(Exception exception) => !HasEnded && _http is { } http && ClientDisconnect.Explains(http, exception, Monitor.Classify);

    /// <summary>Notes that somebody wants its activity described.</summary>
    public void Trace(Activity activity)
    {
        _isTraced = true;
        HttpSpan.Begin(activity, CorrelationId);
    }

    /// <summary>The answer is about to begin: the last moment for a header, and for a stream the end of what can be called its latency.</summary>
    public void Starting()
    {
        if (_http is not { } http)
        {
            return;
        }

        try
        {
            http.Response.Headers[Instrumentation.CorrelationHeader] = CorrelationId;
            if (HasEnded)
            {
                _http = null;
            }
            else
            {
                Begin(http);
            }
        }
        catch (Exception fault)
        {
            Instrumentation.Report(fault);
        }
    }

    /// <summary>A message in it has turned out to be the request for a stream, which its own door counts.</summary>
    public void BecomeStream()
    {
        if (!HasEnded && _http is { } http)
        {
            BecomeStream(http);
        }
    }

    /// <summary>The health checks of the host are run in it; with the token of the request itself they are its answer.</summary>
    public void BecomeProbe(CancellationToken asked)
    {
        if (!HasEnded && Root is null && asked.CanBeCanceled && _http?.RequestAborted == asked)
        {
            _isProbe = true;
            LeaveActive();
        }
    }

    /// <summary>Gets the place of the endpoint that it was for, as long as it is in progress.</summary>
    public string? Place => HasEnded || _http is not { } http ? null : RouteOf(http).Place;

    /// <summary>A session begins around which it is: where it is the stream that carries the session, the session ends with it.</summary>
    public void Carry(string session)
    {
        if (!HasEnded && _http is { } http && HttpMethods.IsGet(http.Request.Method))
        {
            Own.Session = session;
        }
    }

    /// <summary>Notes an exception that a page of the host answers.</summary>
    public void Handled(Exception exception) => Own.EndedBy ??= exception;

    /// <summary>Notes the exception that leaves the pipeline.</summary>
    public void Escaped(Exception exception)
    {
        Own.EndedBy = exception;
        _ending = Ending.Escaped;
    }

    /// <summary>Called once, when the pipeline is through with it.</summary>
    public void End()
    {
        HttpContext context = _http!;
        bool hasLostCaller = false;
        try
        {
            Close(context);
            hasLostCaller = HasLostCaller(context);
        }
        catch (Exception fault)
        {
            Instrumentation.Report(fault);
        }
        finally
        {
            LeaveActive();
            MarkEnded(hasLostCaller);
            if (OwnSoFar is { } notes)
            {
                notes.EndedBy = null;
                if (notes.Session is { } session)
                {
                    Instrumentation.StreamEnded(session);
                }
            }

            if (context.Response.HasStarted)
            {
                _http = null;
            }
        }
    }

    // Fixed at the first endpoint that the request matched; an error page that it is sent to afterwards is not it.
    private void Matched(Endpoint endpoint)
    {
        try
        {
            HttpContext context = _http!;
            bool isErrorPage = IsErrorPage(context);
            _isSentElsewhere |= isErrorPage;
            HttpRoute route = Instrumentation.Routes.Of(isErrorPage ? null : endpoint);
            _route = route;
            if (route.IsIgnored)
            {
                LeaveActive();
            }

            if (route.Operation is { } operation)
            {
                Monitor.OpenRootOf(this, operation, context.RequestAborted, out _);
            }
        }
        catch (Exception fault)
        {
            Instrumentation.Report(fault);
        }
    }

    private void Close(HttpContext http)
    {
        HttpRoute route = RouteOf(http);
        int status = http.Response.StatusCode;
        bool hasEscaped = _ending == Ending.Escaped;
        Exception? exception = OwnSoFar?.EndedBy
            ?? (_isSentElsewhere || status >= StatusCodes.Status400BadRequest || !IsTold(http) ? http.Features.Get<IExceptionHandlerFeature>()?.Error : null);
        if (exception is null)
        {
            Evaluate(http, route, status);
        }
        else
        {
            status = Evaluate(http, route, status, exception);
        }

        TimeAtEnd(http, route, status);
        if (status is >= StatusCodes.Status200OK and < StatusCodes.Status300MultipleChoices && HttpMethods.IsDelete(http.Request.Method))
        {
            Instrumentation.Deleted(http, route);
        }

        if (_isTraced)
        {
            HttpSpan.End(http, route.Template, isTraffic: !IsLeftOut(route), status, hasEscaped || status >= StatusCodes.Status500InternalServerError ? exception : null);
        }
    }

    private void Evaluate(HttpContext http, HttpRoute route, int status)
    {
        CountUnexplained();
        bool hasCredentials = status != StatusCodes.Status401Unauthorized || http.Request.Headers.Authorization.Count > 0;
        if (Root is { } root)
        {
            root.End(RootVersion, StatusErrors.OfOperation(status, hasCredentials));
        }
        else if (status >= StatusCodes.Status400BadRequest && !IsLeftOut(route) && ErrorCount == 0
            && StatusErrors.OfRequest(status, hasCredentials) is { } error)
        {
            CountWithoutException();
            route.Errors?.Count(error.Type, error.Outcome, this);
        }
    }

    /// <returns>The status that the caller has seen, or 499 if it has not waited for one.</returns>
    private int Evaluate(HttpContext http, HttpRoute route, int status, Exception exception)
    {
        ErrorClassification meaning = Monitor.Classify(exception);
        bool hasHungUp = ClientDisconnect.Explains(http, exception, Monitor.Classify) || HasLeftItsSession(http, exception);
        if (hasHungUp)
        {
            status = StatusCodes.Status499ClientClosedRequest;
            _ending = Ending.HungUp;
            // The server logs it all the same: that is no news to anybody.
            CountedInProcess.Add(exception);
        }
        else if (_ending != Ending.Escaped)
        {
            meaning = StatusErrors.OfHandled(meaning, status);
        }
        else if (!http.Response.HasStarted)
        {
            status = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        }

        if (Root is { } root)
        {
            root.Fail(RootVersion, hasHungUp ? MeaningOfLeaving(root, meaning) : meaning, exception);
        }
        else if (!hasHungUp && !IsLeftOut(route) && meaning.Outcome.IsError())
        {
            Count(route, meaning, exception);
        }

        return status;
    }

    private bool HasLeftItsSession(HttpContext http, Exception exception) =>
        _ending == Ending.Escaped && HttpInstrumentation.SessionOf(http) is not null && SessionEnd.Explains(exception) && !ClientConnection.HasTimedOut(http);

    private bool HasLostCaller(HttpContext http) =>
        HasMessage && (_ending == Ending.HungUp || (http.RequestAborted.IsCancellationRequested && !ClientConnection.HasTimedOut(http)));

    // Who leaves a stream has not waited for anything.
    private ErrorClassification MeaningOfLeaving(OperationRecord root, ErrorClassification meaning) =>
        IsStream ? meaning with { Outcome = OperationOutcome.Cancelled } : Monitor.ClassifyLeft(root, meaning);

    private void Count(HttpRoute route, ErrorClassification meaning, Exception exception)
    {
        Operation? abandoned = TakeUnexplained();
        if (!TryCount(exception))
        {
            return;
        }

        if (abandoned is not null)
        {
            Monitor.CountError(abandoned, meaning.Type, meaning.Outcome, exception, this);
            return;
        }

        route.CountError(Monitor, meaning, exception, this);
    }

    // The application may put another feature in the place of this one, and then nobody tells what becomes of the endpoint.
    private bool IsTold(HttpContext http) => ReferenceEquals(http.Features.Get<IEndpointFeature>(), this);

    protected override bool IsLeftOut(HttpRoute route) => route.IsIgnored || _isProbe;

    protected override HttpRoute? RouteSoFar(HttpContext http) => _route ?? (IsTold(http) ? null : RouteOf(http));

    protected override HttpRoute RouteOf(HttpContext http) => _route ?? Instrumentation.Routes.Of(IsErrorPage(http) ? null : http.GetEndpoint());

    // A request that no endpoint matched, or that failed before, may be sent to a page that one does match.
    private static bool IsErrorPage(HttpContext http) =>
        http.Response.StatusCode >= StatusCodes.Status400BadRequest
        && (http.Features.Get<IExceptionHandlerFeature>() is not null || http.Features.Get<IStatusCodeReExecuteFeature>() is not null);

    private enum Ending : byte
    {
        Usual,
        Escaped,
        HungUp,
    }
}
