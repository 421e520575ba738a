using Mcp.Monitoring.ErrorTracking.Capture;

namespace Mcp.Monitoring.ErrorTracking;

/// <summary>
/// One error or message on its way to Sentry: what a before-send hook sees and may change. Whoever changes it is alone with it; nobody may change it after that,
/// nor what it refers to, since it is written later and on another thread. What exceeds a limit is cut or left out when it is written.
/// </summary>
public sealed class SentryEvent
{
    /// <summary>Gets the id of the event.</summary>
    /// <value>32 lower-case hexadecimal digits.</value>
    public string EventId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Gets or sets when it happened.</summary>
    /// <value>The default is the moment the event was made, by the system's clock.</value>
    public DateTimeOffset Timestamp { get; set; } = DateTimeOffset.UtcNow;

    /// <summary>Gets or sets how bad it is.</summary>
    /// <value>The default is <see cref="SentryLevel.Error"/>.</value>
    public SentryLevel Level { get; set; } = SentryLevel.Error;

    /// <summary>Gets or sets what is said about it; beside an exception, whose own message is sent in any case.</summary>
    /// <value>The default is <see langword="null"/>. Characters beyond 8,192 are not sent.</value>
    public string? Message { get; set; }

    /// <summary>Gets or sets the template from which <see cref="Message"/> was made, for alike messages to stand together.</summary>
    /// <value>The default is <see langword="null"/>. Characters beyond 8,192 are not sent.</value>
    public string? MessageTemplate { get; set; }

    /// <summary>Gets or sets the exception, sent with its inner exceptions and their stack traces.</summary>
    /// <value>The default is <see langword="null"/>. At most 50 exceptions of one tree are sent, and 250 frames of each.</value>
    public Exception? Exception { get; set; }

    /// <summary>Gets or sets the name of the logger.</summary>
    /// <value>The default is <see langword="null"/>. Characters beyond 64 are not sent.</value>
    public string? Logger { get; set; }

    /// <summary>Gets or sets the name of the operation at the root, such as <c>tools/call get_weather</c>.</summary>
    /// <value>The default is <see langword="null"/>. Characters beyond 200 are not sent.</value>
    public string? Transaction { get; set; }

    /// <summary>Gets or sets the environment.</summary>
    /// <value>The default is <see langword="null"/>. Characters beyond 64 are not sent.</value>
    public string? Environment { get; set; }

    /// <summary>Gets or sets the version of the application.</summary>
    /// <value>The default is <see langword="null"/>. Characters beyond 200 are not sent.</value>
    public string? Release { get; set; }

    /// <summary>Gets or sets the name of the machine.</summary>
    /// <value>The default is <see langword="null"/>. Characters beyond 200 are not sent.</value>
    public string? ServerName { get; set; }

    /// <summary>Gets or sets the id of the user.</summary>
    /// <value>The default is <see langword="null"/>. Characters beyond 128 are not sent.</value>
    public string? UserId { get; set; }

    /// <summary>Gets or sets the id of the trace.</summary>
    /// <value>The default is <see langword="null"/>. 32 lower-case hexadecimal digits; anything else is not sent.</value>
    public string? TraceId { get; set; }

    /// <summary>Gets or sets the id of the span in which it happened.</summary>
    /// <value>The default is <see langword="null"/>. 16 lower-case hexadecimal digits; anything else is not sent.</value>
    public string? SpanId { get; set; }

    /// <summary>Gets or sets the id of the span around that span.</summary>
    /// <value>The default is <see langword="null"/>. 16 lower-case hexadecimal digits; anything else is not sent.</value>
    public string? ParentSpanId { get; set; }

    /// <summary>Gets or sets the request in which it happened.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public SentryRequest? Request { get; set; }

    /// <summary>Gets what Sentry can search by.</summary>
    /// <value>Empty at first. At most 50 are sent; a key has up to 32 characters, letters, digits and <c>_ . : -</c>, a value up to 200 without line breaks.</value>
    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets further data that Sentry shows and does not search.</summary>
    /// <value>Empty at first. Text, numbers, truth values, times, lists and dictionaries are sent as such to a depth of 5, anything else as its text; at most 16,384 characters in all.</value>
    public IDictionary<string, object?> Extra { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>Gets named groups of further data, beside those of the trace, the runtime and the operating system.</summary>
    /// <value>Empty at first. The limits of <see cref="Extra"/> hold for each.</value>
    public IDictionary<string, IDictionary<string, object?>> Contexts { get; } = new Dictionary<string, IDictionary<string, object?>>(StringComparer.Ordinal);

    /// <summary>Gets what puts this event into one group with others.</summary>
    /// <value>Empty at first: Sentry decides. <c>{{ default }}</c> stands for Sentry's own decision. At most 20 are sent.</value>
    public IList<string> Fingerprint { get; } = [];

    /// <summary>Gets what happened before.</summary>
    /// <value>Empty at first. The last 100 are sent.</value>
    public IList<SentryBreadcrumb> Breadcrumbs { get; } = [];

    /// <summary>Gets or sets what caught the exception, such as <c>auto.ai.mcp_server</c>.</summary>
    /// <value>The default is <see langword="null"/>, sent as <c>generic</c>.</value>
    public string? MechanismType { get; set; }

    /// <summary>Gets or sets whether the application's own code handled the exception.</summary>
    /// <value>The default is <see langword="null"/>: not known.</value>
    public bool? IsHandled { get; set; }

    /// <summary>Gets details of what caught the exception.</summary>
    /// <value>Empty at first. At most 50 are sent.</value>
    public IDictionary<string, string> MechanismData { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the thread on which the event was made.</summary>
    internal int ThreadId { get; } = System.Environment.CurrentManagedThreadId;

    /// <summary>Gets or sets what was decided about sampling the trace, for Sentry's own sampling; <see langword="null"/> if nothing was.</summary>
    internal TraceSampling? Sampling { get; set; }

    /// <summary>Gets or sets whether no scope changes <see cref="Level"/>.</summary>
    internal bool IsLevelFixed { get; set; }

    /// <summary>Gets or sets what counts the errors alike that were not sent; <see langword="null"/> where nothing does.</summary>
    internal AlikeErrors? Alike { get; set; }

    /// <summary>Gets or sets whether it tells how many others were not sent.</summary>
    internal bool IsSummary { get; set; }
}
