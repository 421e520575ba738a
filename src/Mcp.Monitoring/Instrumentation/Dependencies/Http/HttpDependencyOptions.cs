namespace Mcp.Monitoring;

/// <summary>How an HTTP client is monitored.</summary>
public sealed class HttpDependencyOptions
{
    /// <summary>Gets or sets what is asked for by GET from time to time, so that an outage is known before a tool meets it: a path below the client's base address, or a
    /// whole address. An answer says that the dependency is up unless it is a failure.</summary>
    /// <value>The default is <see langword="null"/>: nothing is asked for, and <c>mcp_dependency_up</c> follows the calls.</value>
    public string? Probe { get; set; }

    /// <summary>Gets or sets how often.</summary>
    /// <value>The default is 30 seconds; 1 second to 1 day.</value>
    public TimeSpan ProbeEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long an answer to it, or to <see cref="Sessions"/>, may take.</summary>
    /// <value>The default is 10 seconds; more than 0, at most 5 minutes.</value>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets where sessions are asked for by GET, such as an HTTP service of a 1C infobase, whose code the sample <c>OneCServer</c> has: it answers
    /// <c>{"sessions":[{"state":"active","count":3}]}</c>, and the counts are in <c>mcp_integration_sessions</c>. A path below the client's base address, or a whole address.</summary>
    /// <value>The default is <see langword="null"/>: nothing is asked for.</value>
    public string? Sessions { get; set; }

    /// <summary>Gets or sets how often.</summary>
    /// <value>The default is 1 minute; 1 second to 1 day.</value>
    public TimeSpan SessionsEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets the templates of paths that calls are named by, such as <c>/hs/orders/{id}</c> or <c>/odata/standard.odata/{**rest}</c>: the label <c>call</c> is then
    /// <c>GET /hs/orders/{id}</c>. The first that fits counts; a path that fits none is named by its method alone.</summary>
    /// <value>The default is empty.</value>
    public IList<string> Paths { get; } = [];

    /// <summary>Gets or sets what names a call, the label <c>call</c>, from a fixed list of the host's own; <see langword="null"/> leaves it to <see cref="Paths"/>. At most
    /// 100 names are told apart.</summary>
    public Func<HttpRequestMessage, string?>? CallName { get; set; }

    /// <summary>Gets or sets what says whether an answer is a failure: its kind, or <see langword="null"/> for a success. It must not read the body.</summary>
    /// <value>The default is by status: 401, 403 and 407 are <see cref="ErrorType.Auth"/>, 408 and 504 <see cref="ErrorType.Timeout"/>, 429 and all others
    /// from 500 on <see cref="ErrorType.Integration"/>. What else is from 400 to 499 says that the request was not right: the dependency works.</value>
    public Func<HttpResponseMessage, ErrorType?>? Failure { get; set; }

    /// <summary>Gets or sets whether it is 1C:Enterprise that answers, by OData or by HTTP services. The body of an answer that is a failure is then looked at, its first 16 KB, since 1C
    /// says there what its status does not: no free licence, a locked infobase (403), a missing right, a lock of data that was not granted in time. Each is told as
    /// <see cref="ErrorType.Integration"/>, <see cref="ErrorType.Auth"/> or <see cref="ErrorType.Timeout"/>, and in words: in the reason phrase of the answer, and so in the exception of
    /// <see cref="HttpResponseMessage.EnsureSuccessStatusCode"/>, and in the log, each reason at most once a minute. The body can be read as before. <see cref="Failure"/> goes before it.</summary>
    /// <value>The default is <see langword="false"/>. An answer that is no failure costs nothing.</value>
    public bool IsOneC { get; set; }

    /// <summary>Gets or sets whether the correlation id is sent along, in the header that <c>McpMonitoring:Http:CorrelationHeader</c> names.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool SendCorrelationId { get; set; } = true;
}
