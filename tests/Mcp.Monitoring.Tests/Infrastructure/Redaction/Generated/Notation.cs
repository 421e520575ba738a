namespace Mcp.Monitoring.Tests.Infrastructure.Redaction.Generated;

/// <summary>A way to write a name and a value.</summary>
/// <param name="Name">What it is called in a test's report.</param>
/// <param name="Write">Writes name and value, escaped as the notation has it.</param>
/// <param name="Specials">The characters, other than letters and digits, that the value may have.</param>
/// <param name="Place">Where it may stand.</param>
/// <param name="Keys">Which names it takes.</param>
/// <param name="TakesAnyEnds">Whether the value may begin and end with one of the specials.</param>
internal sealed record Notation(
    string Name, Func<string, string, string> Write, string Specials, Place Place = Place.Inline, Keys Keys = Keys.Any, bool TakesAnyEnds = false)
{
    public override string ToString() => Name;
}

/// <summary>Where a notation may stand.</summary>
internal enum Place
{
    /// <summary>Within a sentence.</summary>
    Inline,

    /// <summary>At the end of a line, whatever is in front of it.</summary>
    LineEnd,

    /// <summary>On lines of its own.</summary>
    Line,
}

/// <summary>Which names a notation takes.</summary>
internal enum Keys
{
    /// <summary>Any, with spaces too.</summary>
    Any,

    /// <summary>Those without spaces.</summary>
    Word,

    /// <summary>Letters and digits, in Latin.</summary>
    Identifier,

    /// <summary>It has a name of its own.</summary>
    Own,
}
