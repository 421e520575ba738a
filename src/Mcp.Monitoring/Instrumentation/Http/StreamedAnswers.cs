using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>What an answer is when it begins, as far as its head says.</summary>
internal enum StreamedAnswer
{
    /// <summary>Its end tells: what is written over time is a stream.</summary>
    Unsaid,

    /// <summary>An event stream in answer to a request that is often answered by one event: not active while it is open, and its end tells.</summary>
    Open,

    /// <summary>A stream, timed to here.</summary>
    Stream,
}

/// <summary>Which answers are streams: their latency is the time to the first byte, and what comes after it none.</summary>
internal static class StreamedAnswers
{
    /// <summary>How long after its begin an answer ends that was written over time. A page or a file is written sooner, or is waited for by a slow reader.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <param name="http">The request.</param>
    /// <param name="isStream">What the attribute of its endpoint says, if it does.</param>
    /// <param name="answersMessage">Whether it is the answer to one message of MCP, which is one answer also when it comes as an event stream.</param>
    public static StreamedAnswer AtBegin(HttpContext http, bool? isStream, bool answersMessage)
    {
        int status = http.Response.StatusCode;
        if (status == StatusCodes.Status101SwitchingProtocols)
        {
            return StreamedAnswer.Stream;
        }

        if (!IsGranted(status) || isStream == false)
        {
            return StreamedAnswer.Unsaid;
        }

        int method = HttpMethodIndex.Of(http.Request.Method);
        return isStream == true || method == HttpMethodIndex.Connect || (method == HttpMethodIndex.Get && IsEventStream(http)) ? StreamedAnswer.Stream
            : !answersMessage && IsEventStream(http) ? StreamedAnswer.Open
            : StreamedAnswer.Unsaid;
    }

    /// <summary>Returns whether a status gives the caller what was asked for.</summary>
    public static bool IsGranted(int status) => status is >= StatusCodes.Status200OK and < StatusCodes.Status300MultipleChoices;

    private static bool IsEventStream(HttpContext http) =>
        http.Response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;
}
