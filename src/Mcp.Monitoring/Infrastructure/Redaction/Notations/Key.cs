using System.Buffers;
using Mcp.Monitoring.Infrastructure.Redaction.Escapes;
using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>The name of a value, and what is around it.</summary>
internal readonly ref struct Key
{
    private const int MostSpaces = 32;
    private const int MostQuotes = 4;
    private const int MostOperators = 2;
    private const int LongestWord = 24;
    private const int MostWords = 3;
    private const int LongestLabel = 48;
    private static readonly SearchValues<char> BeforeLabel = SearchValues.Create("\r\n,;.:{[=");

    private static readonly string[] Links = [" for ", " of ", " (", " provided", " given", " supplied", " entered"];

    private const string EncodedAmpersand = "&amp;", EncodedBracket = "%5D";

    public SecretName Kind { get; private init; }

    public ReadOnlySpan<char> Name { get; private init; }

    /// <summary>Gets where it begins, with its quotes.</summary>
    public int Start { get; private init; }

    /// <summary>Gets the character directly in front of it; <c>\0</c> at the start of the text.</summary>
    public char Before { get; private init; }

    /// <summary>Gets the first character in front of it that is no space; <c>\n</c> on a new line, <c>\0</c> at the start of the text.</summary>
    public char Opener { get; private init; }

    /// <summary>Gets whether spaces are between it and the sign.</summary>
    public bool IsSpaced { get; private init; }

    /// <summary>Gets whether it stands in quotes.</summary>
    public bool IsQuoted { get; private init; }

    /// <summary>Gets whether words stand between it and the sign, so that a sentence may follow as well as a value: "Password for bob: hunter2".</summary>
    public bool IsLoose { get; private init; }

    public bool IsInQuery => Before is '?' or '&' or '#';

    /// <summary>Finds the name in front of a sign.</summary>
    public static Key InFrontOf(ReadOnlySpan<char> text, int sign)
    {
        // PASSWORD ?= x, password ||= x
        int end = BackOverSpaces(text, BackOver(text, sign, "?+|", MostOperators));
        int nameEnd = BackOver(text, end, "\"'\\]*)", MostQuotes);
        nameEnd -= text[..nameEnd].EndsWith(EncodedBracket, StringComparison.OrdinalIgnoreCase) ? EncodedBracket.Length : 0;
        int start = nameEnd;
        while (start > 0 && nameEnd - start < PlainName.Longest && Assignment.IsOfName(text[start - 1]))
        {
            start--;
        }

        if (Assignment.CharAt(text, start - 1) == '%')
        {
            return InFrontOfEncoded(text, start, nameEnd, isSpaced: end < sign);
        }

        if (start == nameEnd)
        {
            return default;
        }

        SecretName kind = KindOf(text, ref start, nameEnd);
        if (kind == SecretName.None && text[sign] == ':' && KindOfPhrase(text, start, sign, out Key phrase))
        {
            return phrase;
        }

        return kind == SecretName.None ? new Key { Name = text[start..nameEnd], Start = start } : Of(text, start, nameEnd, kind, end < sign);
    }

    /// <summary>A name in quotes of its own.</summary>
    public static Key InQuotes(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> name, SecretName kind) => new()
    {
        Kind = kind,
        Name = name,
        Start = start,
        IsQuoted = true,
        Before = Assignment.CharAt(text, start - 1),
        Opener = OpenerOf(text, start),
    };

    /// <summary>A name that is known otherwise than by a sign behind it.</summary>
    public static Key Named(int start, ReadOnlySpan<char> name, SecretName kind) => new() { Kind = kind, Name = name, Start = start, Before = ' ', Opener = ' ', IsSpaced = true };

    // "Password for bob", "Password (new)", "Пароль пользователя "bob"", "Incorrect API key provided": the label is all of the line or of the sentence so far.
    private static bool KindOfPhrase(ReadOnlySpan<char> text, int end, int sign, out Key key)
    {
        int from = Math.Max(0, end - LongestLabel);
        int opener = text[from..end].LastIndexOfAny(BeforeLabel);
        int start = SkipSpaces(text, from + opener + 1, end);
        ReadOnlySpan<char> phrase = text[start..sign];
        ReadOnlySpan<char> name = NameOf(phrase);
        key = new Key { Kind = SecretName.Secret, Name = name, Start = start, IsSpaced = true, IsLoose = true, Before = ' ', Opener = ' ' };
        return !name.IsEmpty && (opener >= 0 || from == 0) && SecretNames.Of(name) == SecretName.Secret;
    }

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> phrase)
    {
        foreach (string link in Links)
        {
            int at = phrase.IndexOf(link, StringComparison.OrdinalIgnoreCase);
            if (at > 0)
            {
                ReadOnlySpan<char> name = phrase[..at].TrimEnd();
                ReadOnlySpan<char> last = name[(name.LastIndexOf(' ') + 1)..];
                return SecretNames.Of(last) == SecretName.Secret || last.Length == name.Length ? last : name[(name[..^last.Length].TrimEnd().LastIndexOf(' ') + 1)..];
            }
        }

        return phrase.IsEmpty || phrase[0] < RussianNames.First ? [] : phrase[..Math.Max(0, phrase.IndexOf(' '))];
    }

    private static int SkipSpaces(ReadOnlySpan<char> text, int at, int end)
    {
        while (at < end && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    private static Key Of(ReadOnlySpan<char> text, int start, int end, SecretName kind, bool isSpaced)
    {
        bool isAmpersand = text[..start].EndsWith(EncodedAmpersand, StringComparison.OrdinalIgnoreCase);
        return new Key
        {
            Kind = kind,
            Name = text[start..end],
            Start = start,
            IsSpaced = isSpaced,
            Before = isAmpersand ? '&' : Assignment.CharAt(text, start - 1),
            Opener = isAmpersand ? '&' : OpenerOf(text, start),
        };
    }

    // A name of other letters than Latin, as URLs write it.
    private static Key InFrontOfEncoded(ReadOnlySpan<char> text, int start, int end, bool isSpaced)
    {
        while (start > 0 && end - start < PlainName.Longest * 3 && (text[start - 1] == '%' || Assignment.IsOfName(text[start - 1])))
        {
            start--;
        }

        ReadOnlySpan<char> name = EscapedText.Resolve(new SourceText(text[start..end]), Escape.Percent).Text;
        int bracket = name.LastIndexOf('[');
        return new Key { Kind = SecretNames.Of(name[(bracket + 1)..]), Name = name, Start = start, Before = '&', Opener = '&', IsSpaced = isSpaced };
    }

    // "API key", "unexpected token", "Пароль пользователя": the words before it tell what the last one means.
    private static SecretName KindOf(ReadOnlySpan<char> text, ref int start, int end)
    {
        SecretName kind = SecretNames.Of(text[start..end]);
        if (kind is SecretName.Authorization or SecretName.Cookie || start < 2 || text[start - 1] != ' ')
        {
            return kind;
        }

        int first = BackOverWord(text, start - 1);
        if (first == start - 1)
        {
            return kind;
        }

        if (text[first] < RussianNames.First)
        {
            SecretName both = SecretNames.Of(text[first..end]);
            if (kind == SecretName.Secret)
            {
                return text[start..end].ContainsAnyExceptInRange('\0', RussianNames.First) ? kind : both;
            }

            start = both is SecretName.Secret or SecretName.ConnectionString ? first : start;
            return start == first ? both : kind;
        }

        return kind is SecretName.None or SecretName.IfRandom ? KindOfLabel(text, ref start, end, first) : kind;
    }

    // The noun comes first, and the label is all of the line or of the list so far.
    private static SecretName KindOfLabel(ReadOnlySpan<char> text, ref int start, int end, int first)
    {
        for (int words = 1; words < MostWords && Assignment.CharAt(text, first - 1) == ' ' && BackOverWord(text, first - 1) < first - 1; words++)
        {
            first = BackOverWord(text, first - 1);
        }

        char opener = OpenerOf(text, first);
        SecretName kind = opener is '\0' or '\n' or ',' or ';' or '(' or '{' or '.' or ':' or '>' ? SecretNames.Of(text[first..end]) : SecretName.None;
        start = kind == SecretName.None ? start : first;
        return kind == SecretName.None ? SecretNames.Of(text[start..end]) : kind;
    }

    private static char OpenerOf(ReadOnlySpan<char> text, int start)
    {
        int at = BackOverSpaces(text, start);
        char opener = Assignment.CharAt(text, at - 1);
        return opener == '\r' ? '\n' : char.IsLetter(opener) && IsInWordsOfSetting(text, at) ? ';' : opener;
    }

    // "Jet OLEDB:Database Password", "User Password"
    private static bool IsInWordsOfSetting(ReadOnlySpan<char> text, int end)
    {
        int start = end;
        while (start > 0 && end - start < LongestLabel && (char.IsLetter(text[start - 1]) || text[start - 1] is ' ' or ':'))
        {
            start--;
        }

        ReadOnlySpan<char> words = text[start..end].TrimStart(' ');
        return Assignment.CharAt(text, start - 1) == ';' && (char.IsUpper(words[0]) || (!words.Contains(' ') && !Prose.Opens(words)));
    }

    private static int BackOverWord(ReadOnlySpan<char> text, int end)
    {
        int start = end;
        while (start > 0 && end - start < LongestWord && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private static int BackOverSpaces(ReadOnlySpan<char> text, int end)
    {
        int start = end;
        while (start > 0 && end - start < MostSpaces && (text[start - 1] is ' ' or '\t' or '\u00A0' || Assignment.IsInvisible(text[start - 1])))
        {
            start--;
        }

        return start;
    }

    private static int BackOver(ReadOnlySpan<char> text, int end, string over, int most)
    {
        int start = end;
        while (start > 0 && end - start < most && over.Contains(text[start - 1], StringComparison.Ordinal))
        {
            start--;
        }

        return start;
    }
}
