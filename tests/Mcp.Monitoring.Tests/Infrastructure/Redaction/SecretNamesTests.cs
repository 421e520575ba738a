using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Tests.Infrastructure.Redaction;

public class SecretNamesTests
{
    private const string Secrets =
        """
        password Password PASSWORD passwd pwd passphrase passcode db.password Db.Password DbPassword db_password SMTP-PASSWORD password1 PASSWORD_2 passwordConfirmation newPasswordValue password_hash
        secret client_secret clientSecret secretString token access_token AccessToken id-token refreshToken tokenValue apikey api_key x-api-key ApiKey apiKeys accessKey secretKey AccountKey privateKey
        signing_key encryptionKey decryptionKey validationKey SharedAccessKey masterKey Ocp-Apim-Subscription-Key functions-key sharedAccessSignature credentials x-amz-security-token AWS_SECRET_ACCESS_KEY
        passwordNew password_old currentPassword oldSecretPlain InstrumentationKey storepass keypass db_pass DB_PASS SmtpPass root_pw user_psw exchange_token
        пароль Пароль ПАРОЛЬ пароли ПарольПользователя новый_пароль пароль_бд токен ТокенДоступа секрет СекретныйКлюч секретный_ключ ключ_доступа КлючAPI API-ключ ключ_шифрования код_доступа КодДоступа пин-код пин
        """;

    private const string Others =
        """
        None: city key2 passport passage compass bypass tokenizer maxTokens secretary PublicKeyToken CancellationToken System.Threading.CancellationToken stopping_token progressToken nextPageToken
        continuation-token unexpectedToken passwordLength password_policy tokenType token_expires_in secretName secretId apiKeyName foreignKey primaryKey publicKey partitionKey cacheKey monkey keyboard
        authorizationUrl cookiePolicy connection ДлинаПароля ПарольИстек ПарольУстановлен СрокДействияТокена ключевой заявка
        Argument: pass pw psw pswd creds PASS otp pin jwt
        InQuery: key code auth session sessionid session_id sid sig signature hash hmac assertion ticket X-Amz-Signature
        IfRandom: ключ Ключ tokens Tokens secrets токены
        Authorization: authorization Authorization Proxy-Authorization X-Authorization HTTP_AUTHORIZATION
        Cookie: cookie Cookie Set-Cookie HTTP_COOKIE sessionCookie
        ConnectionString: connectionString ConnectionStrings connection_string DbConnectionString connStr
        """;

    public static TheoryData<string, string> Names
    {
        get
        {
            TheoryData<string, string> names = [];
            string kind = nameof(SecretName.Secret);
            foreach (string word in $"{Secrets}\n{Others}".Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (word.EndsWith(':'))
                {
                    kind = word[..^1];
                }
                else
                {
                    names.Add(word, kind);
                }
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_tells_of_a_secret_by_its_words(string name, string kind)
    {
        Assert.Equal(kind, SecretNames.Of(name).ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_is_kept_from_others_where_its_name_alone_tells(string name, string kind)
    {
        Assert.Equal(kind is "Secret" or "Authorization" or "Cookie", SecretNames.IsTelling(name));
    }

    [Fact]
    public void Every_kind_has_a_name_here()
    {
        Assert.Equal(Enum.GetNames<SecretName>().Order(), Names.Select(row => row.Data.Item2).Distinct().Order());
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("x", 200)]
    [InlineData("_-. ", 50)]
    public void Name_of_any_length_may_be_asked(string part, int times)
    {
        Assert.Equal(SecretName.None, SecretNames.Of(string.Concat(Enumerable.Repeat(part, times))));
        Assert.Equal(SecretName.Secret, SecretNames.Of(string.Concat(Enumerable.Repeat(part, times)) + "_password"));
    }
}
