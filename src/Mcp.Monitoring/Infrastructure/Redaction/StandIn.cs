using System.Buffers;
using System.Collections.Frozen;
using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Infrastructure.Redaction;

/// <summary>
/// What stands where a secret would: a mask, a place in a template that is named like the key or by a name of a fixed list, a reference to a variable. Not every name
/// in braces is one: <c>Pwd={hunter2}</c> is how ODBC quotes.
/// </summary>
internal static class StandIn
{
    private const int Longest = 64;

    private static readonly SearchValues<char> Masks = SearchValues.Create("*•●·…._-#");

    private static readonly (string Open, string Close, Kind Of)[] Wrappers =
    [
        ("${{", "}}", Kind.Reference), ("{{", "}}", Kind.Reference), ("${", "}", Kind.Reference), ("$(", ")", Kind.Reference), ("#{", "}", Kind.Reference), ("%(", ")s", Kind.Reference),
        ("%", "%", Kind.Reference), ("{", "}", Kind.Template), ("[", "]", Kind.Word), ("<", ">", Kind.Word), ("(", ")", Kind.Word),
    ];

    // What a template or the text of a manual calls the place of a secret.
    private static readonly FrozenSet<string> TemplateNames = Set(
        """
        password passwd pwd pass passphrase secret token key apikey accesstoken refreshtoken bearertoken authtoken idtoken bottoken clientsecret secretkey accesskey jwt credentials
        connectionstring userpassword dbpassword value пароль токен ключ секрет
        """);

    private static readonly FrozenSet<string> Words = Set(
        """
        redacted filtered hidden masked removed protected scrubbed sanitized obfuscated censored omitted suppressed private confidential sensitive none null nil empty unset undefined
        notset unknown missing pii encrypted default required optional string int skip set unset present absent notpresent notset eof скрыт скрыто удалено нет пусто
        """);

    private static readonly FrozenSet<string> Marks = Set("redacted filtered masked removed hidden scrubbed left");

    private enum Kind
    {
        Word,
        Template,
        Reference,
    }

    /// <param name="value">What stands in the place of the value, without its quotes, with its brackets.</param>
    /// <param name="key">The name in front of it.</param>
    public static bool Is(ReadOnlySpan<char> value, ReadOnlySpan<char> key)
    {
        value = value.Trim();
        if (!value.ContainsAnyExcept(Masks) || (value.Length == 1 && !char.IsLetterOrDigit(value[0])) || (value.Length >= 3 && !value.ContainsAnyExcept('x', 'X')))
        {
            return true;
        }

        if (value.Length > Longest)
        {
            return false;
        }

        foreach ((string open, string close, Kind kind) in Wrappers)
        {
            if (value.Length > open.Length + close.Length && value.StartsWith(open, StringComparison.Ordinal) && value.EndsWith(close, StringComparison.Ordinal))
            {
                return IsInside(value[open.Length..^close.Length].Trim(), key, kind);
            }
        }

        return value is "REDACTED" or "redacted" or "FILTERED" || IsKeyItself(value, key) || IsParameter(value, key) || IsYours(value) || CodePath.IsTypeOrMember(value, key)
            || (value[0] == '*' && Has(Words, value.Trim('*')));
    }

    /// <summary>Finds where a place in a template ends that may have spaces: <c>{{ .Values.password }}</c>, <c>${{ secrets.PASSWORD }}</c>.</summary>
    /// <returns>0 where none begins.</returns>
    public static int LengthOfTemplate(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, Longest)];
        int length = text.StartsWith("{{", StringComparison.Ordinal) || text.StartsWith("${{", StringComparison.Ordinal) ? text.IndexOf("}}", StringComparison.Ordinal) : -1;
        return length < 0 ? 0 : length + 2;
    }

    // --password PASSWORD, "Property 'Password': 'Password' must not be empty."
    private static bool IsKeyItself(ReadOnlySpan<char> value, ReadOnlySpan<char> key) =>
        value.ContainsAnyInRange('A', 'Z') && value.Equals(key, value.ContainsAnyInRange('a', 'z') ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static bool IsInside(ReadOnlySpan<char> inside, ReadOnlySpan<char> key, Kind kind)
    {
        if (inside.IsEmpty || !inside.ContainsAnyExcept(Masks) || IsNamed(WithoutFormat(inside, kind), key))
        {
            return true;
        }

        return kind switch
        {
            Kind.Reference => IsVariable(inside),
            Kind.Template => (inside.Length == 1 && char.IsAsciiDigit(inside[0])) || Has(Words, inside),
            _ => Has(Words, inside) || IsMark(inside) || IsYours(inside) || Prose.IsDenied(inside) || Prose.IsLength(inside),
        };
    }

    // {Password,-10:l}, {@Password}
    private static ReadOnlySpan<char> WithoutFormat(ReadOnlySpan<char> inside, Kind kind)
    {
        int format = kind == Kind.Template ? inside.IndexOfAny(',', ':') : -1;
        return (format > 0 ? inside[..format] : inside).TrimStart("@$.");
    }

    // DB_PASSWORD, secrets.DbPassword, env:TOKEN: capitals, or a path.
    private static bool IsVariable(ReadOnlySpan<char> inside)
    {
        ReadOnlySpan<char> rooted = inside.TrimStart('.');
        int path = rooted.IndexOfAny('.', ':');
        bool isPath = path >= 0 && rooted[..path] is "env" or "secrets" or "vars" or "parameters" or "Values" or "var" or "config";
        bool isCapitals = true;
        foreach (char c in inside)
        {
            isCapitals &= c is '_' or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
        }

        return isPath || (isCapitals && !char.IsAsciiDigit(inside[0]));
    }

    // Parameters of SQL: ?, @p0, $1, :password, @__password_0
    private static bool IsParameter(ReadOnlySpan<char> value, ReadOnlySpan<char> key)
    {
        if (value is "?" or "%s")
        {
            return true;
        }

        if (value.Length < 2 || value[0] is not ('@' or ':' or '$'))
        {
            return false;
        }

        ReadOnlySpan<char> name = value[1..];
        ReadOnlySpan<char> plain = name.TrimStart('_').TrimEnd("0123456789").TrimEnd('_');
        return plain.IsEmpty ? name.Length <= 2 : plain is "p" or "P" || IsNamed(plain, key) || (value[0] == '@' && SecretNames.Of(plain) == SecretName.Secret && Prose.IsOfLetters(plain)) || (value[0] == '$' && IsVariable(name) && name.Contains('_') && SecretNames.Of(name) == SecretName.Secret);
    }

    // your-api-key, <YOUR_TOKEN_HERE>
    private static bool IsYours(ReadOnlySpan<char> value)
    {
        Span<char> buffer = stackalloc char[PlainName.Longest];
        PlainName name = PlainName.Of(value, buffer);
        bool isYours = name.StartsWithWord("your") && value.ContainsAny("-_ ");
        return isYours && Has(TemplateNames, WithoutEnd(name.Text["your".Length..], "here"));
    }

    private static bool IsNamed(ReadOnlySpan<char> value, ReadOnlySpan<char> key)
    {
        Span<char> buffer = stackalloc char[PlainName.Longest], keyBuffer = stackalloc char[PlainName.Longest];
        ReadOnlySpan<char> plain = PlainName.Of(value, buffer).Text;
        return TemplateNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(plain) || (!plain.IsEmpty && plain.SequenceEqual(PlainName.Of(key, keyBuffer).Text));
    }

    // [redacted by the proxy]
    private static bool IsMark(ReadOnlySpan<char> inside)
    {
        int end = inside.IndexOfAnyExceptInRange('A', 'z');
        return end > 0 && Has(Marks, inside[..end]) && !inside.ContainsAnyInRange('0', '9');
    }

    private static bool Has(FrozenSet<string> words, ReadOnlySpan<char> value)
    {
        Span<char> buffer = stackalloc char[PlainName.Longest];
        return words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(PlainName.Of(value, buffer).Text);
    }

    private static ReadOnlySpan<char> WithoutEnd(ReadOnlySpan<char> text, string end) => text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : text;

    private static FrozenSet<string> Set(string words) => words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
