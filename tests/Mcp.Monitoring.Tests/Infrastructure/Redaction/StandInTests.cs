using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Tests.Infrastructure.Redaction;

/// <summary>What stands where a secret would be. Everything else in braces is one: ODBC quotes passwords with them.</summary>
public class StandInTests
{
    private static readonly string[] Names =
    [
        "password", "Password", "user_password", "secret", "token", "key", "api-key", "apiKey", "access_token", "refreshToken", "clientSecret", "jwt", "connectionString", "пароль", "токен",
    ];

    private static readonly string[] Words = ["redacted", "REDACTED", "Filtered", "hidden", "masked", "removed", "protected", "none", "null", "empty", "not set", "unset", "unknown"];

    public static TheoryData<string> FallbackDelivery =>
    [
        "*", "***", "********", "•••", "...", "…", "xxx", "XXXXXXXX", "?", "@p0", "@__password_0", ":password", "$1", "@password", "$DB_PASSWORD", "your-api-key", "YOUR_PASSWORD", "[left out: too much]",
        "{0}", "{7}", "{Password:l}", "{@Password}", "{Password,-10}", "{DbPwd}", "{{password}}", "{{ .Values.password }}", "${DB_PASSWORD}", "${env:TOKEN}", "${{ secrets.DB_PASSWORD }}", "$(DB_PASSWORD)",
        "%DB_PASSWORD%", "%(password)s", "#{password}", "<your-password>", "<YOUR_TOKEN_HERE>", "[redacted by the proxy]",
        .. Names.SelectMany(name => new[] { $"{{{name}}}", $"[{name}]", $"<{name}>", $"({name})", $"${{{name}}}" }),
        .. Words.SelectMany(word => new[] { $"[{word}]", $"<{word}>", $"({word})", $"{{{word}}}" }),
    ];

    public static TheoryData<string> Secrets =>
    [
        "{hunter2}", "{S3cret}", "{hunter2secret}", "{abc}", "{mypassword1}", "{123}", "{12}", "my-password", "{DbPassword2x}", "{{hunter2}}", "[hunter2]", "<hunter2>", "(hunter2)", "${hunter2}", "$(hunter2)", "%hunter2%",
        "@hunter2", "$ecret", "$hunter2", ":hunter2", "password", "secret", "xx", "xxxy", "{", "}", "{}x", "hunter2", "yourself", "{hunter 2}", "${DbPwd:-hunter2}", "[hunter2 redacted]", "#hunter2#",
    ];

    [Theory]
    [MemberData(nameof(FallbackDelivery))]
    public void Value_that_stands_in_for_a_secret_stays(string value)
    {
        Assert.True(StandIn.Is(value, "DbPwd"));
        Assert.Equal($"{{\"DbPwd\":\"{value}\"}}", SecretScrubber.Scrub($"{{\"DbPwd\":\"{value}\"}}"));
        Assert.Equal($"DbPwd='{value}';", SecretScrubber.Scrub($"DbPwd='{value}';"));
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Other_value_is_a_secret_whatever_is_around_it(string value)
    {
        Assert.Equal(value.Length == 1, StandIn.Is(value, "DbPwd"));
        Assert.Equal($"{{\"DbPwd\":\"{(value.Length == 1 ? value : "***")}\"}}", SecretScrubber.Scrub($"{{\"DbPwd\":\"{value}\"}}"));
    }

    [Theory]
    [InlineData("{UserPin}", "user_pin", true)]
    [InlineData("<user-pin>", "UserPin", true)]
    [InlineData("PASSWORD", "password", true)]
    [InlineData("Password", "Password", true)]
    [InlineData("password", "password", false)]
    [InlineData("{UserPin}", "Password", false)]
    public void Name_in_braces_stands_in_where_it_is_that_of_the_key(string value, string key, bool isStandIn)
    {
        Assert.Equal(isStandIn, StandIn.Is(value, key));
    }
}
