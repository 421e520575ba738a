namespace Mcp.Monitoring.StatusPage.Access;

internal enum PageAnswer
{
    Allowed,

    /// <summary>There is no page for anybody: 404.</summary>
    Closed,

    /// <summary>Not so: 403.</summary>
    Refused,

    /// <summary>Not without the token: 401.</summary>
    SignIn,

    /// <summary>Too many wrong tokens from this address: 429.</summary>
    TooManyTries,
}

/// <summary>What a request is answered.</summary>
internal sealed record PageVerdict
{
    public static PageVerdict Closed { get; } = new() { Answer = PageAnswer.Closed };

    public required PageAnswer Answer { get; init; }

    /// <summary>Gets who was let in; <see langword="null"/> unless somebody was.</summary>
    public PageCaller? Caller { get; init; }

    /// <summary>Gets what is wrong and what to do.</summary>
    public string Words { get; init; } = "";

    /// <summary>Gets how long to wait, after too many tries.</summary>
    public TimeSpan RetryAfter { get; init; }

    public static PageVerdict Allow(PageCaller caller) => new() { Answer = PageAnswer.Allowed, Caller = caller };

    public static PageVerdict Refuse(string words) => new() { Answer = PageAnswer.Refused, Words = words };

    public static PageVerdict AskForToken(string words) => new() { Answer = PageAnswer.SignIn, Words = words };

    public static PageVerdict TellToWait(TimeSpan wait) => new()
    {
        Answer = PageAnswer.TooManyTries,
        RetryAfter = wait,
        Words = $"Too many wrong tokens came from this address. Try again in {Seconds(wait)} seconds.",
    };

    /// <summary>Returns the seconds of a wait, no less than it is.</summary>
    public static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
