using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Configuration;

/// <summary>Everything that is wrong with the options, what was read and what it makes together.</summary>
internal sealed class SettingsCheck
{
    public const int MostFaults = 100;
    private readonly LoadedSettings _loaded;
    private readonly Fault[] _faults;

    public SettingsCheck(ISettings options, LoadedSettings loaded, bool strictKeys = true, DateTimeOffset? now = null)
    {
        _loaded = loaded;

        // What could not be read is named once, not again as missing.
        _faults =
        [
            .. loaded.Faults.Select(fault => fault.Problem == SettingsTree.IsUnknown && !strictKeys ? fault with { IsWarning = true } : fault)
                .Concat(SettingsTree.Check(options, now))
                .DistinctBy(fault => fault.Path.Length == 0 || fault.Problem == SettingsTree.IsUnknown ? fault.Place : fault.Path, StringComparer.Ordinal),
        ];
    }

    public IEnumerable<string> Faults => Capped([.. _faults.Where(fault => !fault.IsWarning).Select(_loaded.Render)]);

    public IEnumerable<string> Warnings => Capped([.. _faults.Where(fault => fault.IsWarning).Select(_loaded.Render)]);

    /// <summary>Gets the paths of settings that are wrong; a key that no section has makes none of them wrong.</summary>
    public IEnumerable<string> FaultyPaths => _faults.Where(fault => !fault.IsWarning && fault.Problem != SettingsTree.IsUnknown).Select(fault => fault.Path);

    private static IEnumerable<string> Capped(string[] messages) => messages.Length <= MostFaults
        ? messages
        : messages.Take(MostFaults).Append($"There are {messages.Length - MostFaults} more.");
}
