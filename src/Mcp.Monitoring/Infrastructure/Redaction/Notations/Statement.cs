using Mcp.Monitoring.Infrastructure.Redaction.Names;
using Mcp.Monitoring.Infrastructure.Redaction.Tokens;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>What stands behind a telling name and a sign, and is no value: code, a keyword, a format, what a tool did.</summary>
internal static class Statement
{
    private static readonly string[] Lookups = ["get", "read", "fetch", "find", "env", "lookup"];

    private const int Longest = 256;
    private const int LongestFormat = 3;
    private const int ShortestPath = 4;
    private const int ShortestAfterAction = 8;

    /// <param name="word">What stands behind the sign.</param>
    /// <param name="key">The name in front of it.</param>
    /// <param name="sign"><c>=</c>, <c>:</c>, <c>></c> for an arrow, <c>-</c> for an option.</param>
    /// <param name="isSpaced">Whether spaces are around the sign.</param>
    public static bool Is(ReadOnlySpan<char> word, scoped in Key key, char sign, bool isSpaced) => IsShort(word[..Math.Min(word.Length, Longest)], key, sign, isSpaced);

    private static bool IsShort(ReadOnlySpan<char> word, scoped in Key key, char sign, bool isSpaced) =>
        word.IsEmpty || word[0] is '=' or ':' or '>'
        || (key.IsQuoted && IsKeyword(word))
        || (sign == '>' && IsLambda(word, key))
        || (sign == '=' && IsDirectory(word, key))
        || (isSpaced && (IsCall(word) || (sign == ':' && IsAboutTool(word, key))));

    /// <summary><c>{Password:l}</c> of a message's template.</summary>
    public static bool IsFormat(ReadOnlySpan<char> text, scoped in Key key, char sign) =>
        sign == ':' && key.Before is '{' or '@' && text[..Math.Min(LongestFormat, text.Length)].IndexOf('}') > 0;

    private static bool IsKeyword(ReadOnlySpan<char> word) => word.TrimEnd() is "null" or "true" or "false" or "None" or "True" or "False" or "undefined";

    // password => password.Length
    private static bool IsLambda(ReadOnlySpan<char> word, scoped in Key key)
    {
        ReadOnlySpan<char> operand = word.TrimStart('!');
        bool isItself = operand.StartsWith(key.Name, StringComparison.OrdinalIgnoreCase) && (operand.Length == key.Name.Length || !char.IsLetterOrDigit(operand[key.Name.Length]));
        int call = word.IndexOf('(');
        return isItself || word is "new" or "await" or "async" or "throw" or "null" or "true" or "false" || (call > 0 && !word[..call].ContainsAnyExcept(CharacterRun.Dotted));
    }

    // PWD=/home/app: where a shell is.
    private static bool IsDirectory(ReadOnlySpan<char> word, scoped in Key key) => word[0] == '/' && key.Name is "PWD" or "OLDPWD";

    // token = GetToken();
    private static bool IsCall(ReadOnlySpan<char> word) => word.Length > 2 && word.EndsWith("()", StringComparison.Ordinal) && !word[..^2].ContainsAnyExcept(CharacterRun.Dotted);

    /// <summary>Whether a flag stands there, or a word for no value: <c>reset_password=true</c>, <c>forgot_password=1</c>, <c>token=missing</c>; in a list of settings it may be the value.</summary>
    public static bool IsFlag(ReadOnlySpan<char> word, scoped in Key key, char sign, bool isSetting) =>
        sign == '=' && !isSetting && ((!key.IsQuoted && Prose.IsKeyword(word)) || (word is "0" or "1" && SecretNames.IsAction(key.Name)));

    /// <summary>Whether code stands there that takes the value from elsewhere: a call or an index with a string or the name itself, or, behind a member, a variable of the same name.</summary>
    public static bool IsExpression(ReadOnlySpan<char> text, scoped in Key key)
    {
        int end = text.IndexOfAnyExcept(CharacterRun.Path);
        ReadOnlySpan<char> path = end < 0 ? text : text[..end];
        ReadOnlySpan<char> name = CodePath.LastName(key.Name);
        if (path.IsEmpty)
        {
            return false;
        }

        if (key.Name.Contains('.') && path.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            return end < 0 || text[end] is ';' or ')' or ',';
        }

        ReadOnlySpan<char> rest = text[path.Length..];
        bool isCall = rest.StartsWith("(", StringComparison.Ordinal);
        return path.Length >= ShortestPath && rest.Length > 2 && (rest[0], rest[1]) is ('(', '"') or ('(', '\'') or ('[', '"') or ('[', '\'')
            ? rest.ContainsAny(')', ']') && (!isCall || IsLookup(CodePath.LastName(path)))
            : isCall && path.Length >= ShortestPath && rest[1..].StartsWith(name, StringComparison.OrdinalIgnoreCase);
    }

    // The argument of others, such as SecretStr("x"), may be the secret.
    private static bool IsLookup(ReadOnlySpan<char> method)
    {
        foreach (string verb in Lookups)
        {
            if (method.StartsWith(verb, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"get_token: p95 is 1.2 s"</summary>
    public static bool IsAboutTool(ReadOnlySpan<char> word, scoped in Key key) => word.Length < ShortestAfterAction && SecretNames.IsAction(key.Name);
}
