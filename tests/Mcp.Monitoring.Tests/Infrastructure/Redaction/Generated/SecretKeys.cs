namespace Mcp.Monitoring.Tests.Infrastructure.Redaction.Generated;

/// <summary>Names that tell of a secret, in the spellings of the field.</summary>
internal static class SecretKeys
{
    private static readonly string[] Identifiers =
    [
        "password", "Password", "PASSWORD", "passwd", "Pwd", "passphrase", "DbPassword", "userPassword", "smtpPassword", "newPassword", "password2", "PasswordConfirmation", "secret", "clientSecret",
        "token", "accessToken", "AccessToken", "refreshToken", "idToken", "botToken", "apikey", "apiKey", "ApiKey", "accessKey", "secretKey", "AccountKey", "SharedAccessKey", "privateKey",
        "signingKey", "encryptionKey", "subscriptionKey", "credentials",
    ];

    private static readonly string[] Words =
    [
        "db_password", "DB_PASSWORD", "smtp-password", "client_secret", "api_key", "API_KEY", "x-api-key", "X-Auth-Token", "x-amz-security-token", "private_key", "Smtp.Password", "MYSQL_PWD",
        "user_pass", "DB_PASS", "пароль", "Пароль", "ПарольПользователя", "db_пароль", "токен", "Токен", "секрет", "ключ_доступа", "КлючAPI", "СекретныйКлюч",
    ];

    private static readonly string[] Phrases = ["User Password", "API key", "access token"];

    public static IReadOnlyList<string> For(Keys keys) => keys switch
    {
        Keys.Any => [.. Identifiers, .. Words, .. Phrases],
        Keys.Word => [.. Identifiers, .. Words],
        Keys.Identifier => Identifiers,
        _ => ["password"],
    };
}
