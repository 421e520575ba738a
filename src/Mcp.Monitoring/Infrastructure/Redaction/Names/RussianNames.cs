namespace Mcp.Monitoring.Infrastructure.Redaction.Names;

/// <summary>Russian names, as in 1C: the noun comes first or last (<c>ПарольПользователя</c>, <c>новый_пароль</c>), a verb after it makes it a statement.</summary>
internal static class RussianNames
{
    /// <summary>The first letter of the alphabet, as far as names go.</summary>
    public const char First = '\u0400';

    /// <summary>The last letter of the alphabet, as far as names go.</summary>
    public const char Last = '\u04FF';

    private static readonly string[] Nouns =
    [
        "пароль", "пароли", "токен", "токены", "секрет", "секреты", "секретный ключ", "ключ доступа", "ключ api", "ключ апи", "api ключ", "апи ключ", "закрытый ключ", "приватный ключ",
        "ключ шифрования", "ключ подписи", "ключ лицензии", "парольная фраза", "кодовая фраза", "код доступа", "код подтверждения", "пин", "пин код",
    ];

    private static readonly string[] Plain = [.. Nouns.Select(noun => noun.Replace(" ", "", StringComparison.Ordinal))];

    private static readonly string[] Statements =
    [
        "истек", "истёк", "истекает", "верен", "неверен", "неверный", "задан", "установлен", "указан", "пуст", "пустой", "изменен", "изменён", "обязателен", "требуется", "устарел", "отозван",
        "сброшен", "отмены", "продолжения", "обновлен", "обновлён", "отменен", "отменён", "просрочен", "изменена", "выдан", "получен",
    ];

    public static SecretName Of(PlainName name)
    {
        if (name.Text is "ключ" or "токены")
        {
            return SecretName.IfRandom;
        }

        foreach (string noun in Plain)
        {
            if (name.EndsWithWord(noun) || (name.StartsWithWord(noun) && !name.EndsWithAnyWord(Statements)))
            {
                return SecretName.Secret;
            }
        }

        return SecretName.None;
    }
}
