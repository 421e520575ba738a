using Mcp.Monitoring.Infrastructure.Validation;
using Microsoft.Extensions.Logging;
using Sentry;
using ProjectDsn = Mcp.Monitoring.Errors.Sentry.Dsn;

namespace Mcp.Monitoring.Errors;

/// <summary>Sentry: where errors and the performance of operations are sent, and what is left out.</summary>
public sealed class SentryOptions : ISettings
{
    private const int LongestText = 200;
    private const int LongestEnvironment = 64;
    private const int MostPatterns = 200;
    private const string EnvironmentRemedy = "Set it to 1 to 64 characters without spaces and slashes, and not to None, or leave it out.";
    private const string ReleaseRemedy = "Set it to 1 to 200 characters without slashes and line breaks, such as weather@1.4.2, and not to latest, or leave it out.";
    private const string CachePathRemedy = "Set it to a directory, 1 to 200 characters, without ~, or leave it out.";
    private const string DsnRemedy = "Set it to the DSN of the project, https://<key>@<host>/<project>, here or in SENTRY_DSN, or set enabled: false.";

    // Variables that Sentry's SDK reads as well.
    private readonly List<string> _ofVariables = [];

    /// <summary>Gets or sets whether errors go to Sentry.</summary>
    /// <value>The default is <see langword="null"/>: yes, once <see cref="Dsn"/> is set.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets the DSN of the project, a secret.</summary>
    /// <value>The default is <see langword="null"/>. Form: <c>https://key@host/project</c>; plain http only to loopback, private addresses and single-label names.</value>
    public string? Dsn { get; set; }

    /// <summary>Gets or sets which client sends.</summary>
    /// <value>The default is <see cref="SentryClientChoice.Auto"/>: that of the host, if it has started Sentry's SDK by itself, else one of this library.</value>
    public SentryClientChoice Client { get; set; }

    /// <summary>Gets or sets the environment that Sentry shows.</summary>
    /// <value>The default is <see langword="null"/>: that of the options. 1 to 64 characters without a space or a slash, and not <c>None</c>.</value>
    public string? Environment { get; set; }

    /// <summary>Gets or sets the version of the application, as Sentry compares versions.</summary>
    /// <value>The default is <see langword="null"/>: the name of the application, <c>@</c> and the version of its assembly. 1 to 200 characters without a line
    /// break, a tab or a slash, and not <c>.</c>, <c>..</c> or <c>latest</c>.</value>
    public string? Release { get; set; }

    /// <summary>Gets or sets the name of the machine that Sentry shows.</summary>
    /// <value>The default is <see langword="null"/>: the machine's own. 1 to 200 characters.</value>
    public string? ServerName { get; set; }

    /// <summary>Gets or sets the share of errors that is sent, chosen by chance.</summary>
    /// <value>The default is 1: all. Valid range: 0 to 1.</value>
    public double SampleRate { get; set; } = 1;

    /// <summary>Gets or sets the share of operations whose performance is sent, chosen by their trace id.</summary>
    /// <value>The default is 0: none. Valid range: 0 to 1.</value>
    public double TracesSampleRate { get; set; }

    /// <summary>Gets or sets from which level on a log record is an event.</summary>
    /// <value>The default is <see cref="LogLevel.Error"/>; <see cref="LogLevel.None"/>: no record is.</value>
    public LogLevel EventLevel { get; set; } = LogLevel.Error;

    /// <summary>Gets or sets from which level on a log record that is no event is kept as a breadcrumb.</summary>
    /// <value>The default is <see cref="LogLevel.Information"/>; <see cref="LogLevel.None"/>: no record is.</value>
    public LogLevel BreadcrumbLevel { get; set; } = LogLevel.Information;

    /// <summary>Gets or sets from which level on log records are sent as logs of Sentry.</summary>
    /// <value>The default is <see cref="LogLevel.None"/>: none are.</value>
    public LogLevel LogsLevel { get; set; } = LogLevel.None;

    /// <summary>Gets or sets how many breadcrumbs an event carries at most; the host and each request keep so many.</summary>
    /// <value>The default is 100. Valid range: 0 to 100.</value>
    public int MaxBreadcrumbs { get; set; } = 100;

    /// <summary>Gets or sets how many events alike, of one fingerprint, are sent within a minute; how many more there were is told in one event when it ends.</summary>
    /// <value>The default is 10. Valid range: 1 to 10,000.</value>
    public int EventsPerMinute { get; set; } = 10;

    /// <summary>Gets or sets the exceptions that are not sent: names of types, with or without namespace. Those derived from them are not sent either.</summary>
    /// <value>The default is empty. At most 200.</value>
    public IList<string> IgnoreExceptions { get; set; } = [];

    /// <summary>Gets or sets the messages that are not sent, of exceptions and of log records. Each is a whole message; <c>*</c> stands for any text, case
    /// does not count.</summary>
    /// <value>The default is empty. At most 200.</value>
    public IList<string> IgnoreMessages { get; set; } = [];

    /// <summary>Gets or sets the loggers whose records are neither sent nor kept: names of categories, which include those below them; <c>*</c> stands for any text.</summary>
    /// <value>The default is empty. At most 200.</value>
    public IList<string> IgnoreLoggers { get; set; } = [];

    /// <summary>Gets or sets which code is the application's own in a stack trace: namespaces, with those below them.</summary>
    /// <value>The default is empty: all but the runtime, the frameworks and this library. At most 200.</value>
    public IList<string> InAppInclude { get; set; } = [];

    /// <summary>Gets or sets which code is not the application's own in a stack trace: namespaces, with those below them. <see cref="InAppInclude"/> wins.</summary>
    /// <value>The default is empty. At most 200.</value>
    public IList<string> InAppExclude { get; set; } = [];

    /// <summary>Gets or sets whether the arguments of tools and prompts are sent, and the URIs of resources.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RecordInputs { get; set; }

    /// <summary>Gets or sets whether the id of the signed-in user is sent.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool SendUser { get; set; }

    /// <summary>Gets or sets the directory in which what is on its way to Sentry is kept, so that it survives the end of the process.</summary>
    /// <value>The default is <see langword="null"/>: no file is written. 1 to 200 characters; one directory for each host. Up to 200 events are kept.</value>
    public string? CachePath { get; set; }

    /// <summary>Gets or sets whether what Sentry's client says of its own work is logged.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Debug { get; set; }

    /// <summary>Gets or sets what sees each event before it is sent, may change it, and drops it by returning <see langword="null"/>. Code only.</summary>
    /// <value>The default is <see langword="null"/>. It is called on the thread that sends, not on that of the request. When it throws, the event is
    /// dropped and counted: a hook that was to take something out must not let it pass.</value>
    public Func<SentryEvent, SentryEvent?>? BeforeSend { get; set; }

    /// <summary>Gets whether the section is on.</summary>
    internal bool IsOn => Enabled ?? Dsn is not null;

    /// <summary>Gets the settings that are set and that only a client of ours follows.</summary>
    internal IEnumerable<string> OfOwnClient => new (string Name, bool IsSet)[]
    {
        (nameof(Dsn), Dsn is not null),
        (nameof(Environment), Environment is not null),
        (nameof(Release), Release is not null),
        (nameof(ServerName), ServerName is not null),
        (nameof(TracesSampleRate), TracesSampleRate > 0),
        (nameof(LogsLevel), LogsLevel != LogLevel.None),
        (nameof(CachePath), CachePath is not null),
    }.Where(setting => setting.IsSet && !_ofVariables.Contains(setting.Name)).Select(setting => SettingNames.Snake(setting.Name));

    /// <summary>Gets whether the performance of operations may be asked for.</summary>
    internal bool WantsTransactions => IsOn && TracesSampleRate > 0;

    bool ISettings.IsOff => Enabled == false;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, () => IsOn, "SENTRY_ENABLED"),
        Setting.Text(nameof(Dsn), () => Dsn, value => Dsn = value, "SENTRY_DSN").Secret().TurningOn().ToldOfVariable(_ => _ofVariables.Add(nameof(Dsn))),
        Setting.Choice(nameof(Client), () => Client, value => Client = value),
        Setting.Text(nameof(Environment), () => Environment, value => Environment = value, "SENTRY_ENVIRONMENT").ToldOfVariable(_ => _ofVariables.Add(nameof(Environment))),
        Setting.Text(nameof(Release), () => Release, value => Release = value, "SENTRY_RELEASE").ToldOfVariable(_ => _ofVariables.Add(nameof(Release))),
        Setting.Text(nameof(ServerName), () => ServerName, value => ServerName = value, "SENTRY_SERVER_NAME"),
        Setting.Number(nameof(SampleRate), () => SampleRate, value => SampleRate = value),
        Setting.Number(nameof(TracesSampleRate), () => TracesSampleRate, value => TracesSampleRate = value, "SENTRY_TRACES_SAMPLE_RATE"),
        Setting.Choice(nameof(EventLevel), () => EventLevel, value => EventLevel = value),
        Setting.Choice(nameof(BreadcrumbLevel), () => BreadcrumbLevel, value => BreadcrumbLevel = value),
        Setting.Choice(nameof(LogsLevel), () => LogsLevel, value => LogsLevel = value),
        Setting.Integer(nameof(MaxBreadcrumbs), () => MaxBreadcrumbs, value => MaxBreadcrumbs = value),
        Setting.Integer(nameof(EventsPerMinute), () => EventsPerMinute, value => EventsPerMinute = value),
        Setting.List(nameof(IgnoreExceptions), () => IgnoreExceptions, value => IgnoreExceptions = value),
        Setting.List(nameof(IgnoreMessages), () => IgnoreMessages, value => IgnoreMessages = value),
        Setting.List(nameof(IgnoreLoggers), () => IgnoreLoggers, value => IgnoreLoggers = value),
        Setting.List(nameof(InAppInclude), () => InAppInclude, value => InAppInclude = value),
        Setting.List(nameof(InAppExclude), () => InAppExclude, value => InAppExclude = value),
        Setting.Flag(nameof(RecordInputs), () => RecordInputs, value => RecordInputs = value),
        Setting.Flag(nameof(SendUser), () => SendUser, value => SendUser = value),
        Setting.Text(nameof(CachePath), () => CachePath, value => CachePath = value),
        Setting.Flag(nameof(Debug), () => Debug, value => Debug = value),
    ];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. IsOn && Client != SentryClientChoice.None ? CheckDsn() : [],
        .. SettingRules.Faults(
            CheckEnvironment(),
            CheckRelease(),
            SettingRules.Name(nameof(ServerName), ServerName, LongestText, "Set it to 1 to 200 characters, or leave it out."),
            CheckCachePath(),
            SettingRules.Between(nameof(SampleRate), SampleRate, 0, 1),
            SettingRules.Between(nameof(TracesSampleRate), TracesSampleRate, 0, 1),
            SettingRules.Between(nameof(MaxBreadcrumbs), MaxBreadcrumbs, 0, 100),
            SettingRules.Between(nameof(EventsPerMinute), EventsPerMinute, 1, 10_000)),
        .. CheckPatterns(nameof(IgnoreExceptions), IgnoreExceptions),
        .. CheckPatterns(nameof(IgnoreMessages), IgnoreMessages),
        .. CheckPatterns(nameof(IgnoreLoggers), IgnoreLoggers),
        .. CheckPatterns(nameof(InAppInclude), InAppInclude),
        .. CheckPatterns(nameof(InAppExclude), InAppExclude),
    ];

    void ISettings.TakeRest(ISettings other)
    {
        BeforeSend = ((SentryOptions)other).BeforeSend;
        _ofVariables.AddRange(((SentryOptions)other)._ofVariables);
    }

    private Fault[] CheckDsn()
    {
        // The variable is that of Sentry's SDK, which takes plain http: no reason not to start.
        Fault[] faults = [.. SettingRules.Address(nameof(Dsn), Dsn, DsnRemedy).Select(fault => _ofVariables.Contains(nameof(Dsn)) ? OutgoingAddress.Soften(fault) : fault)];
        return faults.Any(fault => !fault.IsWarning) || ProjectDsn.TryParse(Dsn, out _, out string? problem) ? faults : [.. faults, new Fault(nameof(Dsn), problem, DsnRemedy)];
    }

    private Fault? CheckEnvironment() =>
        Environment is { } environment
        && (environment.Length is 0 or > LongestEnvironment || environment == "None" || environment.AsSpan().IndexOfAny("/ \t\r\n") >= 0)
            ? Fault.Of(nameof(Environment), environment, EnvironmentRemedy)
            : SettingRules.Name(nameof(Environment), Environment, LongestEnvironment, EnvironmentRemedy);

    private Fault? CheckRelease() =>
        Release is { } release
        && (string.IsNullOrWhiteSpace(release) || release.Length > LongestText || release is "." or ".." or "latest" || release.AsSpan().IndexOfAny("/\\\t\r\n") >= 0)
            ? Fault.Of(nameof(Release), release, ReleaseRemedy)
            : SettingRules.Name(nameof(Release), Release, LongestText, ReleaseRemedy);

    private Fault? CheckCachePath() =>
        CachePath is ['~', ..] || File.Exists(CachePath) ? Fault.Of(nameof(CachePath), CachePath, CachePathRemedy) : SettingRules.Name(nameof(CachePath), CachePath, LongestText, CachePathRemedy);

    private static IEnumerable<Fault> CheckPatterns(string name, IList<string> patterns)
    {
        if (patterns.Count > MostPatterns)
        {
            yield return new Fault(name, $"has {patterns.Count} entries", $"Set it to at most {MostPatterns}.");
        }

        for (int i = 0; i < Math.Min(patterns.Count, MostPatterns); i++)
        {
            if (string.IsNullOrWhiteSpace(patterns[i]) || patterns[i].Length > LongestText)
            {
                yield return Fault.Of($"{name}:{i}", patterns[i], $"Set it to 1 to {LongestText} characters, or leave it out.");
            }
        }
    }
}
