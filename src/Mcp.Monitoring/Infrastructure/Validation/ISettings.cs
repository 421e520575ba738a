namespace Mcp.Monitoring.Infrastructure.Validation;

/// <summary>A section of the options, described once: for reading, checking, reloading and printing.</summary>
internal interface ISettings
{
    /// <summary>Gets what can be set, bound to this instance.</summary>
    IEnumerable<Setting> Settings { get; }

    IEnumerable<Section> Sections => [];

    /// <summary>Gets whether the user switched this section off; then nothing in it has to be right.</summary>
    bool IsOff => false;

    /// <summary>Checks the settings of this section, not of those in it.</summary>
    IEnumerable<Fault> Check();

    /// <summary>Checks what is right or wrong at a time.</summary>
    IEnumerable<Fault> CheckAt(DateTimeOffset now) => [];

    /// <summary>Takes over from a section of the same type what is no setting, after its settings were.</summary>
    void TakeRest(ISettings other)
    {
    }
}

/// <summary>A section by its property.</summary>
internal readonly record struct Section(string Name, ISettings Settings);
