using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Mcp.Monitoring;

/// <summary>
/// The settings of this host: read and checked once, and again when a source changes. What is in use is one set that is always valid and never changes: a
/// reload puts another in its place, a faulty one changes nothing.
/// </summary>
internal sealed class SettingsSource : IDisposable
{
    private readonly SettingsReader _reader;
    private readonly SettingsValidator _validator;
    private readonly IServiceProvider _services;
    private readonly ILogger<SettingsSource> _logger;
    private readonly Lock _reading = new();
    private readonly LogDeduplicator _refused = new();
    private readonly LogDeduplicator _unheard = new();
    private volatile SettingsInUse? _current;
    private volatile bool _isTaken = true;
    private volatile bool _isPartlyOff;
    private CancellationTokenSource _changed = new();

    public SettingsSource(SettingsSources sources, IServiceProvider services, ILogger<SettingsSource> logger)
    {
        _reader = new SettingsReader(sources, services);
        _validator = new SettingsValidator(sources, services, logger);
        _services = services;
        _logger = logger;
    }

    /// <summary>Gets the settings in use.</summary>
    /// <exception cref="OptionsValidationException">They are wrong; the message names each fault.</exception>
    public McpMonitoringOptions Current => (_current ?? ReadFirst()).Options;

    /// <summary>Gets whether the settings in use are all that was given last.</summary>
    public bool IsValid => _isTaken && !_isPartlyOff;

    /// <summary>Gets what was read of files last, whether what they said was taken or not.</summary>
    public IReadOnlyList<FileReading> Files => _reader.Files;

    /// <summary>Gets whether the host's configuration has changed since it was read.</summary>
    public bool IsOutdated => _reader.IsOutdated;

    /// <summary>Asks what is to become of a fault that shows only when the host starts.</summary>
    /// <returns>Whether the host starts without the faulty part; if so, its settings are no longer valid as a whole.</returns>
    public bool GoesOnWithoutPart() => _isPartlyOff |= _validator.Disables;

    /// <summary>Returns the name by which the user gave a setting in use, or could have.</summary>
    public string NameOf(string path) => (_current ?? ReadFirst()).NameOf(path);

    /// <summary>Gets what tells of other settings, once they are in use.</summary>
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
                    Take(Read(isReload: true).After(old));
                }
            }
            catch (Exception fault)
            {
                _isTaken = false;
                Refuse(fault);
            }
        }
    }

    public void Dispose() => _changed.Dispose();

    private SettingsInUse ReadFirst()
    {
        lock (_reading)
        {
            try
            {
                return _current ??= Read(isReload: false);
            }
            catch (OptionsValidationException invalid)
            {
                LogInvalid(invalid.Failures);
                throw;
            }
        }
    }

    private SettingsInUse Read(bool isReload)
    {
        (McpMonitoringOptions options, LoadedSettings loaded) = _reader.Read();
        _isPartlyOff |= !_validator.Validate(options, loaded, isReload);
        return new SettingsInUse(options, loaded);
    }

    private void Take(SettingsInUse read)
    {
        _current = read;
        _isTaken = true;
        _refused.Clear();
        _isPartlyOff &= !read.IsWhole;
        foreach (string name in read.Changed)
        {
            SettingsLog.SettingChanged(_logger, name);
        }

        foreach (string name in read.Waiting)
        {
            SettingsLog.NeedsRestart(_logger, name);
        }

        if (read.Changed.Count > 0)
        {
            Notify();
        }
    }

    private void Notify()
    {
        try
        {
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
            _services.GetService<InternalErrors>()?.Report(InternalErrors.Operation, brokenLog);
        }
    }

    // The exception has them all in one line, and whoever asks for the settings next gets it again.
    private void LogInvalid(IEnumerable<string> faults)
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
}
