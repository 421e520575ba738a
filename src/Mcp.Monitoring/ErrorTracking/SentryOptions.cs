using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.ErrorTracking;

/// <summary>Sentry: where errors are sent. This version reads and checks the section, and sends nothing.</summary>
public sealed class SentryOptions : ISettings
{
    private const int LongestEnvironment = 64;
    private const string DsnRemedy = "Set it to the DSN of the project, https://<key>@<host>/<project>, here or in SENTRY_DSN, or set enabled: false.";

    /// <summary>Gets or sets whether errors go to Sentry.</summary>
    /// <value>The default is <see langword="null"/>: yes, once <see cref="Dsn"/> is set.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets the DSN of the project, a secret.</summary>
    /// <value>The default is <see langword="null"/>. Form: <c>https://key@host/project</c>; plain http only to loopback, private addresses and single-label names.</value>
    public string? Dsn { get; set; }

    /// <summary>Gets or sets the environment that Sentry shows.</summary>
    /// <value>The default is <see langword="null"/>: that of the options. 1 to 64 characters without a space or a slash, and not <c>None</c>.</value>
    public string? Environment { get; set; }

    /// <summary>Gets or sets the share of operations whose performance is sent.</summary>
    /// <value>The default is 0: none. Valid range: 0 to 1.</value>
    public double TracesSampleRate { get; set; }

    /// <summary>Gets whether the section is on.</summary>
    internal bool IsOn => Enabled ?? Dsn is not null;

    bool ISettings.IsOff => Enabled == false;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, () => IsOn, "SENTRY_ENABLED"),
        Setting.Text(nameof(Dsn), () => Dsn, value => Dsn = value, "SENTRY_DSN").Secret().TurningOn(),
        Setting.Text(nameof(Environment), () => Environment, value => Environment = value, "SENTRY_ENVIRONMENT"),
        Setting.Number(nameof(TracesSampleRate), () => TracesSampleRate, value => TracesSampleRate = value, "SENTRY_TRACES_SAMPLE_RATE"),
    ];

    IEnumerable<Fault> ISettings.Check()
    {
        if (IsOn)
        {
            foreach (Fault fault in CheckDsn())
            {
                yield return fault;
            }
        }

        if (Environment is { } environment
            && (environment.Length is 0 or > LongestEnvironment || environment == "None" || environment.AsSpan().IndexOfAny("/ \t\r\n") >= 0))
        {
            yield return Fault.Of(nameof(Environment), environment, "Set it to 1 to 64 characters without spaces and slashes, and not to None, or leave it out.");
        }

        if (Rules.Between(nameof(TracesSampleRate), TracesSampleRate, 0, 1) is { } rate)
        {
            yield return rate;
        }
    }

    private Fault[] CheckDsn()
    {
        Fault[] faults = [.. Rules.Address(nameof(Dsn), Dsn, DsnRemedy)];
        return faults.Length == 0 && !HasKeyAndProject(new Uri(Dsn!)) ? [new Fault(nameof(Dsn), "has no key or no project", DsnRemedy)] : faults;
    }

    private static bool HasKeyAndProject(Uri dsn) => dsn.UserInfo.Length > 0 && dsn.AbsolutePath.Length > 1 && !dsn.AbsolutePath.EndsWith('/');
}
