using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>Until when the answer of a request is timed, and in which gauges the request stands. A base class, so that a request stays the one object that it costs.</summary>
internal abstract class TimedRequest(HttpInstrumentation owner, Activity? activity, long start) : RequestContext(activity)
{
    private long _begin;
    private byte _isActive = 1;
    private byte _isTimed;
    private volatile bool _isStream;
    private bool _isStreamOfOurs;

    public override OperationMonitor Monitor => owner.Monitor;

    public override bool IsOneMessage => !_isStream;

    protected HttpInstrumentation Instrumentation => owner;

    protected bool IsStream => _isStream;

    /// <summary>Gets its route, which is that of no endpoint where it has matched none.</summary>
    protected abstract HttpRoute RouteOf(HttpContext http);

    /// <summary>Gets the route that it is known to have matched; <see langword="null"/> while it may still match one.</summary>
    protected abstract HttpRoute? RouteSoFar(HttpContext http);

    /// <summary>Returns whether it is left out of the HTTP metrics.</summary>
    protected abstract bool IsLeftOut(HttpRoute route);

    /// <summary>A message in it has turned out to ask for a stream, which its own door counts.</summary>
    protected void BecomeStream(HttpContext http)
    {
        LeaveActive();
        LeaveStreams();
        _isStream = true;
        if (http.Response.HasStarted)
        {
            Time(http, RouteOf(http), http.Response.StatusCode, Monitor.Clock.Timestamp);
        }
    }

    /// <summary>The answer begins: for a stream that is the end of what can be called its latency.</summary>
    protected void Begin(HttpContext http)
    {
        _begin = Monitor.Clock.Timestamp;
        HttpRoute? route = RouteSoFar(http);
        StreamedAnswer answer = _isStream ? StreamedAnswer.Stream : StreamedAnswers.AtBegin(http, route?.IsStream, AnswersMessage(route));
        if (answer == StreamedAnswer.Unsaid)
        {
            return;
        }

        route ??= RouteOf(http);
        if (LeaveActive() && !IsLeftOut(route))
        {
            _isStreamOfOurs = true;
            owner.Metrics.Streams.Opened();
        }

        if (answer == StreamedAnswer.Stream)
        {
            _isStream = true;
            Time(http, route, http.Response.StatusCode, _begin);
        }
    }

    /// <summary>The request ends: what was written over time turns out to have been a stream.</summary>
    protected void TimeAtEnd(HttpContext http, HttpRoute route, int status)
    {
        LeaveStreams();
        long now = Monitor.Clock.Timestamp;
        bool hasBegun = _begin != 0;
        if (!_isStream && route.IsStream != false && (route.IsStream == true
            ? StreamedAnswers.IsGranted(status)
            : hasBegun && now - _begin >= owner.ShortestStream && !AnswersMessage(route)))
        {
            _isStream = true;
            Time(http, route, http.Response.StatusCode, hasBegun ? _begin : now);
            return;
        }

        Time(http, route, status, now);
    }

    /// <returns>Whether it was among the active requests until now.</returns>
    protected bool LeaveActive()
    {
        if (Interlocked.Exchange(ref _isActive, (byte)0) == 0)
        {
            return false;
        }

        owner.Metrics.End();
        return true;
    }

    private bool AnswersMessage(HttpRoute? route) => HasMessage || route is { AnswersMessages: true };

    private void Time(HttpContext http, HttpRoute route, int status, long until)
    {
        if (!IsLeftOut(route) && Interlocked.Exchange(ref _isTimed, (byte)1) == 0)
        {
            route.Durations(HttpMethodIndex.Of(http.Request.Method), status, _isStream).Observe(Math.Max(0, until - start - WaitTicksAt(until)));
        }
    }

    private void LeaveStreams()
    {
        if (_isStreamOfOurs)
        {
            _isStreamOfOurs = false;
            owner.Metrics.Streams.Closed();
        }
    }
}
