using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Validation;
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

    /// <summary>Gets the files that were read.</summary>
    public IReadOnlyList<string> Files => _current?.Files ?? [];

    /// <summary>Gets or sets who is told of other settings.</summary>
    public Action<McpMonitoringOptions>? Changed { get; set; }

    public string? Name => Options.DefaultName;

    public McpMonitoringOptions Create(string name) => Current;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);

    /// <summary>Reads everything again, and takes it if it is right.</summary>
    public void Reload()
    {
        lock (_reading)
        {
            if (_current is not { } old)
            {
                return;
            }

            try
            {
                Take(old, Read());
            }
            catch (OptionsValidationException invalid)
            {
                _isTaken = false;
                foreach (string fault in invalid.Failures)
                {
                    SettingsLog.ReloadRefused(_logger, fault);
                }
            }
            catch (Exception fault)
            {
                _isTaken = false;
                SettingsLog.ReloadFailed(_logger, fault);
            }
        }
    }

    public void Dispose() => _changed.Dispose();

    private SettingsInUse ReadFirst()
    {
        lock (_reading)
        {
            return _current ??= Read();
        }
    }

    private void Take(SettingsInUse old, SettingsInUse read)
    {
        bool isOther = false;
        foreach (((string path, Setting setting), (_, Setting before)) in SettingsTree.Settings(read.Options).Zip(SettingsTree.Settings(old.Options)))
        {
            object? now = setting.Value;
            string name = read.NameOf(path);
            bool isNew = !LoadedSettings.Same(now, old.Read[path]);
            if (!setting.IsLive)
            {
                setting.Value = before.Value;
                if (isNew)
                {
                    SettingsLog.NeedsRestart(_logger, name);
                }
            }
            else if (!LoadedSettings.Same(now, before.Value))
            {
                isOther = true;
                SettingsLog.SettingChanged(_logger, name);
            }
        }

        _isTaken = true;
        _current = read;
        if (isOther)
        {
            Tell(read.Options);
        }
    }

    private void Tell(McpMonitoringOptions options)
    {
        try
        {
            Changed?.Invoke(options);
            using CancellationTokenSource told = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
            told.Cancel();
        }
        catch (Exception fault)
        {
            SettingsLog.ReloadNotHeard(_logger, fault);
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

        foreach (IConfigurationSection section in Sections())
        {
            loader.AddConfiguration(section, Service<IConfiguration>());
        }

        loader.AddVariables(_sources.Variable);
        LoadedSettings loaded = loader.Load();
        loaded.RunCode(options, () => RunCode(options));

        SettingsCheck check = Check(options, loaded);
        foreach (string warning in check.Warnings)
        {
            SettingsLog.SettingDoubtful(_logger, warning);
        }

        return new SettingsInUse(options, loaded);
    }

    private SettingsCheck Check(McpMonitoringOptions options, LoadedSettings loaded)
    {
        var check = new SettingsCheck(options, loaded, options.StrictKeys);
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
        public McpMonitoringOptions Options { get; } = options;

        public IReadOnlyList<string> Files { get; } = loaded.Files;

        public Dictionary<string, object?> Read { get; } = SettingsTree.Values(options);

        public string NameOf(string path) => loaded.NameOf(path);
    }
}
