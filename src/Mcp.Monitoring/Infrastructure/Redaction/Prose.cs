using System.Collections.Frozen;

namespace Mcp.Monitoring.Infrastructure.Redaction;

/// <summary>Whether what follows a telling name is the secret, or goes on about it: "password: must not be empty", "--token is required".</summary>
internal static class Prose
{
    private const int LongestWord = 32;
    private const int RandomLength = 24;
    private const int MostDigitsOfCount = 3;
    private const int FewestWordsOfSentence = 3;
    private const int MostWords = 4;
    private const int LongestMessage = 160;
    private const int ShortestMixed = 6;

    // In the place of a value they say that there is none, of what type it is, or what is wrong with it.
    private static readonly FrozenSet<string> States = Set(
        """
        null none nil empty undefined true false yes no invalid expired missing required wrong incorrect unknown revoked denied failed rejected mismatch ok valid expected unexpected
        optional unset default string int integer number bool boolean object str text varchar any array weak short long mandatory needed set changed updated reset cleared removed provided
        present absent given accepted verified matched encrypted hashed used unused active inactive enabled disabled refreshed renewed created issued received found blank omitted hidden
        masked redacted filtered unavailable malformed corrupt corrupted blocked locked forbidden unauthorized ignored skipped nan n/a
        """);

    // No secret begins like this: what follows an option, a scheme or a name is a sentence.
    private static readonly FrozenSet<string> Openings = Set(
        """
        a an the is are was were be been has have had must should shall can cannot can't could may might will would not no and or but if in on at of to for from by with without as than then
        that this it its when where which instead option options argument arguments parameter flag switch value values requires require required expects expected needs need missing header
        credentials token scheme authentication authorization realm error challenge isn't doesn't wasn't does did do too only also failed see use uses using via through
        """);

    private static readonly string[] RussianOpenings =
    [
        "невер", "неправ", "истек", "истёк", "просроч", "обязат", "пуст", "отсутств", "требу", "нужен", "нужн", "отозван", "устар", "скрыт", "задан", "указан", "изменен", "изменён",
        "верен", "верн", "правильн", "некоррект", "недейств", "действит", "слаб", "коротк", "длинн", "слишком", "долж", "установлен", "сброшен", "обновл", "истина", "ложь", "неопредел",
        "строка", "число", "совпад", "подход", "содерж", "показан", "введи", "успешно", "отмен", "ошибк",
    ];

    private static readonly FrozenSet<string> RussianWords = Set("не нет без или и для от на в с по до это он она быть да");

    // What a validator says of a value, whatever the value is.
    private static readonly FrozenSet<string> Verdicts = Set(
        "must should cannot required invalid expired characters character field blank empty contain contains incorrect mismatch minimum maximum short weak match поле символов символа не");

    // What a flag or a field without a value has.
    private static readonly FrozenSet<string> Keywords = Set("true false null none nil undefined yes no missing present absent unset expired required invalid");

    private static readonly string[] Denials = ["не ", "not "];

    private static readonly FrozenSet<string> Units = Set("chars characters bytes symbols символов символа символ байт");

    /// <summary>Whether words go on where a value would stand.</summary>
    /// <param name="text">What follows the name, to the end of the line or the text.</param>
    public static bool Is(ReadOnlySpan<char> text)
    {
        int length = WordLength(text);
        ReadOnlySpan<char> word = Trimmed(text[..length]);
        if (word.IsEmpty || IsState(word))
        {
            return true;
        }

        bool isLast = word.Length < length || IsEnd(text[length..]);
        return !isLast && (IsCount(word, text[length..]) || (IsOfLetters(word) && !LooksRandom(word)));
    }

    /// <summary>Whether the word says that there is no value, or what is wrong with it.</summary>
    public static bool IsState(ReadOnlySpan<char> word) => Contains(States, word) || IsRussianOpening(word);

    /// <summary>Whether words go on that no value begins with.</summary>
    public static bool Opens(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> word = Trimmed(text[..WordLength(text)]);
        return word.IsEmpty || IsOpening(word, text) || IsRussianOpening(word);
    }

    /// <summary>Whether the first word is one that no value begins with, or says that there is none.</summary>
    public static bool Begins(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> word = Trimmed(text[..WordLength(text)]);
        return word.IsEmpty || IsState(word) || IsOpening(word, text) || IsCount(word, text[WordLength(text)..]);
    }

    /// <summary>Finds how far a value of two words reaches, of which the second gives it away: "hun ter2".</summary>
    /// <returns>0 where it is none.</returns>
    public static int LengthWithSecondWord(ReadOnlySpan<char> text)
    {
        int first = WordLength(text);
        ReadOnlySpan<char> second = text[Math.Min(text.Length, first + 1)..];
        int length = WordLength(second);
        bool isLast = IsEnd(second[length..]);
        second = Trimmed(second[..length]);
        bool isMixed = (isLast || second.Length < length) && second.ContainsAnyInRange('0', '9') && second.ContainsAnyInRange('A', 'z') && !second.ContainsAny('(', '%');
        return isMixed && IsOfLetters(text[..first]) && !Begins(text) ? first + 1 + second.Length : 0;
    }

    /// <summary>Whether it is a whole sentence, such as a validator's: "The Password field is required."</summary>
    public static bool IsSentence(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text.Length > 1 && char.IsUpper(text[0]) && text[^1] is '.' or '!' && text.Count(' ') >= FewestWordsOfSentence - 1
            && IsOfLetters(text[..WordLength(text)]) && !text.ContainsAny('=', ':');
    }

    /// <summary>Whether a string says what is wrong with the value instead: "must be at least 8 characters", "expired", "Token expired".</summary>
    public static bool IsMessage(ReadOnlySpan<char> text, ReadOnlySpan<char> key)
    {
        text = text.Trim();
        if (text.Length > LongestMessage)
        {
            return false;
        }

        int words = 0;
        bool isVerdict = false, isLastState = false, isOfKey = false;
        while (!text.IsEmpty)
        {
            int length = WordLength(text);
            ReadOnlySpan<char> word = Trimmed(text[..length]).TrimStart("(\"'");
            if (!IsOfLetters(word) && !(words > 0 && word.Length <= MostDigitsOfCount && !word.ContainsAnyExceptInRange('0', '9')))
            {
                return false;
            }

            isOfKey |= words == 0 && word.Equals(key, StringComparison.OrdinalIgnoreCase);
            isLastState = IsState(word);
            isVerdict |= Contains(Verdicts, word) || IsRussianOpening(word);
            words++;
            text = text[length..].TrimStart();
        }

        return words switch { 0 => false, 1 => isLastState, 2 => (isOfKey && isLastState) || (isVerdict && key.Length > 0 && key[0] >= Names.RussianNames.First), _ => isVerdict };
    }

    /// <summary>Whether a word is what a flag has, or a field that has no value.</summary>
    public static bool IsKeyword(ReadOnlySpan<char> word) => Contains(Keywords, Trimmed(word));

    /// <summary>Whether it begins with a word that says that something was not done.</summary>
    public static bool IsDenied(ReadOnlySpan<char> text)
    {
        foreach (string denial in Denials)
        {
            if (text.StartsWith(denial, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it tells how long a value is: "12 chars".</summary>
    public static bool IsLength(ReadOnlySpan<char> text)
    {
        int digits = text.IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && text[digits] == ' ' && Contains(Units, text[(digits + 1)..]);
    }

    /// <summary>Whether letters and digits are mixed in one of its words as nobody counts or dates: <c>a1b2c3</c>, but not <c>order-2026-11-24</c>.</summary>
    public static bool IsMixed(ReadOnlySpan<char> text)
    {
        int start = 0;
        for (int at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || !char.IsLetterOrDigit(text[at]))
            {
                if (at - start >= ShortestMixed && HasLetterBehindDigit(text[start..at]))
                {
                    return true;
                }

                start = at + 1;
            }
        }

        return false;
    }

    private static bool HasLetterBehindDigit(ReadOnlySpan<char> word)
    {
        for (int i = 1; i < word.Length; i++)
        {
            if (char.IsLetter(word[i]) && char.IsAsciiDigit(word[i - 1]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a word looks as if nobody had chosen it: digits, case that changes within, or great length.</summary>
    public static bool LooksRandom(ReadOnlySpan<char> word)
    {
        if (word.Length >= RandomLength || word.ContainsAnyInRange('0', '9') || word.ContainsAny("+/="))
        {
            return true;
        }

        for (int i = 1; i < word.Length; i++)
        {
            if (char.IsAsciiLetterUpper(word[i]) && char.IsAsciiLetterLower(word[i - 1]))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsOfLetters(ReadOnlySpan<char> word)
    {
        foreach (char c in word)
        {
            if (!char.IsLetter(c) && c is not ('-' or '\'' or '’'))
            {
                return false;
            }
        }

        return !word.IsEmpty;
    }

    // "must be strong", but not "as 7hX$"
    private static bool IsOpening(ReadOnlySpan<char> word, ReadOnlySpan<char> text)
    {
        if (!Contains(Openings, word))
        {
            return false;
        }

        for (int words = 1; words < MostWords; words++)
        {
            text = text[WordLength(text)..].TrimStart(" \t");
            ReadOnlySpan<char> next = Trimmed(text[..WordLength(text)]).TrimStart("\"'([{<");
            if (!next.IsEmpty && !IsOfLetters(next) && next.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }
        }

        return true;
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny(" \t\r\n");
        return end < 0 ? text.Length : end;
    }

    private static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> word) => word.TrimEnd(",.:;!?)]}\"'");

    private static bool IsEnd(ReadOnlySpan<char> rest) => rest.TrimStart(" \t").IsEmpty || rest.TrimStart(" \t")[0] is '\r' or '\n';

    // "3 attempts left"
    private static bool IsCount(ReadOnlySpan<char> word, ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> next = rest.TrimStart(" \t");
        next = Trimmed(next[..WordLength(next)]);
        return word.Length <= MostDigitsOfCount && !word.ContainsAnyExceptInRange('0', '9') && IsOfLetters(next) && !LooksRandom(next);
    }

    private static bool IsRussianOpening(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || word[0] < Names.RussianNames.First || word.Length > LongestWord)
        {
            return false;
        }

        foreach (string opening in RussianOpenings)
        {
            if (word.StartsWith(opening, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return Contains(RussianWords, word);
    }

    private static bool Contains(FrozenSet<string> words, ReadOnlySpan<char> word) => word.Length <= LongestWord && words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static FrozenSet<string> Set(string words) => words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
