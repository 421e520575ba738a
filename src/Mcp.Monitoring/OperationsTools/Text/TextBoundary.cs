using System.Security.Cryptography;

namespace Mcp.Monitoring.OperationsTools.Text;

/// <summary>The marks around the text of others, with a word that is new in each answer, so that no text can hold the mark at which it ends.</summary>
internal sealed class TextBoundary(string word)
{
    private const int Bytes = 8;

    /// <summary>Gets the mark before a text.</summary>
    public string Open { get; } = $"<untrusted-{word}>";

    /// <summary>Gets the mark after it.</summary>
    public string Close { get; } = $"</untrusted-{word}>";

    public static TextBoundary New() => new(RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true));

    /// <summary>Puts a text between the marks, without the word where it has it.</summary>
    public string Around(string text)
    {
        // What is left on both sides may be the word again.
        while (text.Contains(word, StringComparison.OrdinalIgnoreCase))
        {
            text = text.Replace(word, "", StringComparison.OrdinalIgnoreCase);
        }

        return $"{Open}{text}{Close}";
    }
}
