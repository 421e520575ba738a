using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Mcp.Monitoring;

/// <summary>
/// The settings of this host: read and checked once, and again when a source changes. What is in use is always valid: a faulty reload changes nothing. The
/// options system gets its instances from here.
/// </summary>
internal sealed class SettingsSource : IOptionsFactory<McpMonitoringOptions>, IOptionsChangeTokenSource<McpMonitoringOptions>, IDisposable
{
    private const string OnInvalid = "MCP_MONITORING_ON_INVALID";
    private readonly SettingsSources _sources;
    private readonly IServiceProvider _services;
    private readonly ILogger<SettingsSource> _logger;
    private readonly Lock _reading = new();
    private SettingsInUse? _current;
    private volatile IReadOnlyList<FileReading> _files = [];
    private readonly LogDeduplicator _warned = new();
    private readonly LogDeduplicator _refused = new();
    private readonly LogDeduplicator _unheard = new();
    private volatile IChangeToken[] _configurations = [];
    private volatile bool _isTaken = true;
    private volatile bool _isPartlyOff;
    private CancellationTokenSource _changed = new();

    public SettingsSource(SettingsSources sources, IServiceProvider services, ILogger<SettingsSource> logger)
    {
        _sources = sources;
        _services = services;
        _logger = logger;
    }

    /// <summary>Gets the settings in use.</summary>
    /// <exception cref="OptionsValidationException">They are wrong; the message names each fault.</exception>
    public McpMonitoringOptions Current => (_current ?? ReadFirst()).Options;

    /// <summary>Gets whether the settings in use are all that was given last.</summary>
    public bool IsValid => _isTaken && !_isPartlyOff;

    /// <summary>Returns the name by which the user gave a setting in use, or could have.</summary>
    public string NameOf(string path) => (_current ?? ReadFirst()).NameOf(path);

    /// <summary>Gets what was read of files last, whether what they said was taken or not.</summary>
    public IReadOnlyList<FileReading> Files => _files;

    /// <summary>Gets whether the host's configuration has changed since it was read.</summary>
    public bool IsOutdated => Array.Exists(_configurations, token => token.HasChanged);

    /// <summary>Gets or sets who is told of other settings.</summary>
    public Action<McpMonitoringOptions>? Changed { get; set; }

    public string? Name => Options.DefaultName;

    public McpMonitoringOptions Create(string name) => (_current ?? ReadFirst()).HandedOut;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);

    /// <summary>Reads everything again, and takes it if it is right. Called by timers and change tokens: nothing escapes.</summary>
    public void Reload()
    {
        lock (_reading)
        {
            try
            {
                if (_current is { } old)
                {
                    Take(old, Read());
                }
            }
            catch (Exception fault)
            {
                _isTaken = false;
                Refuse(fault);
            }
        }
    }

    private void Refuse(Exception fault)
    {
        try
        {
            if (fault is not OptionsValidationException invalid)
            {
                if (_refused.IsNew($"{fault.GetType()} {fault.Message}"))
                {
                    SettingsLog.ReloadFailed(_logger, fault);
                }

                return;
            }

            foreach (string message in _refused.New(invalid.Failures))
            {
                SettingsLog.ReloadRefused(_logger, message);
            }
        }
        catch (Exception brokenLog)
        {
            Service<InternalErrors>()?.Report(InternalErrors.Operation, brokenLog);
        }
    }

    public void Dispose() => _changed.Dispose();

    private SettingsInUse ReadFirst()
    {
        lock (_reading)
        {
            try
            {
                return _current ??= Read();
            }
            catch (OptionsValidationException invalid)
            {
                TellInvalid(invalid.Failures);
                throw;
            }
        }
    }

    // The exception has them all in one line, and whoever asks for the settings next gets it again.
    private void TellInvalid(IEnumerable<string> faults)
    {
        try
        {
            foreach (string fault in _refused.New(faults))
            {
                SettingsLog.SettingInvalid(_logger, fault);
            }
        }
        catch (Exception)
        {
            // Who starts the host is to hear of the settings and not of the log.
        }
    }

    private void Take(SettingsInUse old, SettingsInUse read)
    {
        List<string> changed = [], waiting = [];
        bool isWhole = true;
        foreach (((string path, Setting setting), (_, Setting before)) in SettingsTree.Settings(read.Options).Zip(SettingsTree.Settings(old.Options)))
        {
            bool isNew = !LoadedSettings.Same(SettingsTree.Snapshot(setting), old.Read[path]);
            bool isOther = !LoadedSettings.Same(SettingsTree.Snapshot(setting), SettingsTree.Snapshot(before));
            if (setting.IsLive)
            {
                changed.AddRange(isOther ? [path] : []);
                continue;
            }

            isWhole &= !isOther;
            waiting.AddRange(isNew ? [path] : []);
            setting.Value = before.Value;
        }

        // What is right by itself may be wrong beside a setting that waits for a restart.
        string[] faults = [.. SettingsTree.Check(read.Options).Where(fault => !fault.IsWarning).Select(read.Render)];
        if (faults.Length > 0)
        {
            throw Invalid(faults);
        }

        _current = read;
        _isTaken = true;
        _refused.Clear();
        _isPartlyOff &= !isWhole;
        Report(read, changed, waiting);
        if (changed.Count > 0)
        {
            Tell(read.Options);
        }
    }

    private void Report(SettingsInUse read, IEnumerable<string> changed, IEnumerable<string> waiting)
    {
        foreach (string name in changed.Select(read.NameOf))
        {
            SettingsLog.SettingChanged(_logger, name);
        }

        foreach (string name in waiting.Select(read.NameOf))
        {
            SettingsLog.NeedsRestart(_logger, name);
        }
    }

    private void Tell(McpMonitoringOptions options)
    {
        try
        {
            Changed?.Invoke(options);
            Interlocked.Exchange(ref _changed, new CancellationTokenSource()).Cancel();
        }
        catch (Exception fault)
        {
            if (_unheard.IsNew($"{fault.GetType()} {fault.Message}"))
            {
                SettingsLog.ReloadNotHeard(_logger, fault);
            }
        }
    }

    private SettingsInUse Read()
    {
        var options = new McpMonitoringOptions();
        var loader = new SettingsLoader(options, ContentRoot);
        foreach (string file in _sources.Files)
        {
            loader.AddFile(file);
        }

        // Before they are read, so that no change is lost between that and the watch.
        IConfigurationSection[] sections = [.. Sections()];
        _configurations = [.. sections.Select(section => section.GetReloadToken())];
        foreach (IConfigurationSection section in sections)
        {
            loader.AddConfiguration(section, Service<IConfiguration>());
        }

        loader.AddVariables(_sources.Variable);
        LoadedSettings loaded = loader.Load();
        _files = loaded.Files;
        loaded.RunCode(options, () => RunCode(options));

        SettingsCheck check = Check(options, loaded);
        string[] warnings = [.. check.Warnings];
        foreach (string warning in _warned.New(warnings))
        {
            SettingsLog.SettingDoubtful(_logger, warning);
        }

        _warned.Keep(warnings);

        // Code that configures may have kept the options, or lists of its own that are in them.
        return new SettingsInUse(SettingsCopy.Of(options), loaded);
    }

    private SettingsCheck Check(McpMonitoringOptions options, LoadedSettings loaded)
    {
        var check = new SettingsCheck(options, loaded, options.StrictKeys, Service<TimeProvider>()?.GetUtcNow());
        string[] faults = [.. check.Faults, .. FaultsOfHost(options)];
        string mode = _sources.Variable(OnInvalid) is { Length: > 0 } given ? given : "fail";
        if (mode is not ("fail" or "disable"))
        {
            throw Invalid([.. faults, $"{OnInvalid} is \"{Printable.Cut(mode)}\". Set it to fail or to disable."]);
        }

        if (faults.Length == 0)
        {
            return check;
        }

        // A reload never switches off what runs.
        if (mode == "fail" || _current is not null)
        {
            throw Invalid(faults);
        }

        Disable(options, check, faults);
        return check;
    }

    private void Disable(McpMonitoringOptions options, SettingsCheck check, string[] faults)
    {
        _isPartlyOff = true;
        var defaults = new McpMonitoringOptions();
        string[] paths = [.. check.FaultyPaths];
        for (int round = 0; round < 3 && paths.Length > 0; round++)
        {
            foreach (string path in paths)
            {
                SettingsTree.Disable(options, defaults, path);
            }

            paths = [.. SettingsTree.Check(options).Where(fault => !fault.IsWarning).Select(fault => fault.Path)];
        }

        if (paths.Length > 0 || FaultsOfHost(options).Any())
        {
            throw Invalid(faults);
        }

        foreach (string fault in faults)
        {
            SettingsLog.SectionDisabled(_logger, fault);
        }
    }

    // As the options system does it: what code sets comes last.
    private void RunCode(McpMonitoringOptions options)
    {
        foreach (IConfigureOptions<McpMonitoringOptions> configure in Service<IEnumerable<IConfigureOptions<McpMonitoringOptions>>>() ?? [])
        {
            if (configure is IConfigureNamedOptions<McpMonitoringOptions> named)
            {
                named.Configure(Options.DefaultName, options);
            }
            else
            {
                configure.Configure(options);
            }
        }

        foreach (IPostConfigureOptions<McpMonitoringOptions> configure in Service<IEnumerable<IPostConfigureOptions<McpMonitoringOptions>>>() ?? [])
        {
            configure.PostConfigure(Options.DefaultName, options);
        }
    }

    private IEnumerable<string> FaultsOfHost(McpMonitoringOptions options) =>
        (Service<IEnumerable<IValidateOptions<McpMonitoringOptions>>>() ?? []).SelectMany(validate => validate.Validate(Options.DefaultName, options).Failures ?? []);

    private IEnumerable<IConfigurationSection> Sections() =>
        _sources.Sections.Count > 0 ? _sources.Sections
        : Service<IConfiguration>() is { } configuration ? [configuration.GetSection(SettingsSources.Section)]
        : [];

    private string ContentRoot => Service<IHostEnvironment>()?.ContentRootPath is { Length: > 0 } root ? Path.GetFullPath(root) : Environment.CurrentDirectory;

    private TService? Service<TService>()
        where TService : class => (TService?)_services.GetService(typeof(TService));

    private static OptionsValidationException Invalid(string[] faults) => new(Options.DefaultName, typeof(McpMonitoringOptions), faults);

    /// <summary>Settings in use, and what was read for them, which a restart would take.</summary>
    private sealed class SettingsInUse(McpMonitoringOptions options, LoadedSettings loaded)
    {
        private readonly Lazy<McpMonitoringOptions> _handedOut = new(() => SettingsCopy.Of(options));

        public McpMonitoringOptions Options { get; } = options;

        /// <summary>Gets what the options system hands out: a change to it changes nothing here.</summary>
        public McpMonitoringOptions HandedOut => _handedOut.Value;

        public Dictionary<string, object?> Read { get; } = SettingsTree.Values(options);

        public string NameOf(string path) => loaded.NameOf(path);

        public string Render(Fault fault) => loaded.Render(fault);
    }
}
