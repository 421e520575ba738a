using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Tests.Infrastructure.Redaction;

public class SecretScrubberTests
{
    // Each of these is made up. Some are put together here, so that no scanner of repositories takes them for real ones.
    private static readonly string BotToken = "123456789:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1";
    private static readonly string Jwt = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    private static readonly string Slack = "https://hooks.slack.com/services/" + "T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";

    /// <summary>Text, and what is left of it.</summary>
    public static TheoryData<string, string> Secrets => new()
    {
        // User info.
        { "https://user:pa55@host/path", "https://***@host/path" },
        { "GET https://0a1b2c3d4e5f@sentry.example.com/42 failed", "GET https://***@sentry.example.com/42 failed" },
        { "redis://:p@ss@cache:6379/0", "redis://***@cache:6379/0" },
        { "postgres://app:se/cret@db/weather", "postgres://***@db/weather" },
        { "amqp://guest:guest@[::1]:5672/", "amqp://***@[::1]:5672/" },
        { "(see ftp://a:b@c)", "(see ftp://***@c)" },
        { "mongodb://app:p@ss/w:rd@db1,db2/orders?x=a@b", "mongodb://***@db1,db2/orders?x=a@b" },
        { "https:\\/\\/app:secret@db\\/x", "https:\\/\\/***@db\\/x" },

        // Queries and forms.
        { "https://h/p?token=abc&x=1", "https://h/p?token=***&x=1" },
        { "https://h/p?x=1&access_token=abc#part", "https://h/p?x=1&access_token=***#part" },
        { "https://h/p#access_token=abc&state=1", "https://h/p#access_token=***&state=1" },
        { "/p?key=AB12&y=2", "/p?key=***&y=2" },
        { "/p?api_key=x", "/p?api_key=***" },
        { "/p?apikey=x", "/p?apikey=***" },
        { "/p?password=x y", "/p?password=*** y" },
        { "/p?passwd=x", "/p?passwd=***" },
        { "/p?pwd=x", "/p?pwd=***" },
        { "/p?client_secret=x", "/p?client_secret=***" },
        { "/p?signature=x", "/p?signature=***" },
        { "/blob?sv=2024&sig=a%2Fb%3D&se=1", "/blob?sv=2024&sig=***&se=1" },
        { "/callback?code=4/0Ab&state=xyz", "/callback?code=***&state=xyz" },
        { "/p?auth=x", "/p?auth=***" },
        { "/p?session=x", "/p?session=***" },
        { "(https://h/p?token=abc).", "(https://h/p?token=***)." },
        { "code=abc&grant_type=authorization_code", "code=***&grant_type=authorization_code" },
        { "grant_type=password&username=bob&password=x%26y", "grant_type=password&username=bob&password=***" },
        { "/login?return=https%3A%2F%2Fh%3Ftoken%3Dabc%26x%3D1", "/login?return=https%3A%2F%2Fh%3Ftoken%3D***%26x%3D1" },
        { "/login?return=%2Fp%3Fcode%3Dabc", "/login?return=%2Fp%3Fcode%3D***" },
        { "data[password]=x&data[name]=bob", "data[password]=***&data[name]=bob" },

        // Headers.
        { "Authorization: Bearer abc", "Authorization: Bearer ***" },
        { "authorization: basic dXNlcjpwYXNz", "authorization: basic ***" },
        { "Authorization: Bearer {abc}", "Authorization: Bearer {***}" },
        { "Authorization: Basic [dXNlcjpwYXNz]", "Authorization: Basic [***]" },
        { "Authorization=Bearer abc; next", "Authorization=Bearer ***; next" },
        { "Proxy-Authorization: Basic dXNlcjpwYXNz\nHost: h", "Proxy-Authorization: Basic ***\nHost: h" },
        { "Authorization: 0123456789abcdef", "Authorization: ***" },
        { "Authorization: Digest username=\"bob\", response=\"x1\"\nHost: h", "Authorization: Digest ***\nHost: h" },
        { "{\"Authorization\":\"Bearer abc\"}", "{\"Authorization\":\"Bearer ***\"}" },
        { "Cookie: a=1; b=2\nHost: h", "Cookie: ***\nHost: h" },
        { "Set-Cookie: id=1; HttpOnly", "Set-Cookie: ***" },
        { "X-Api-Key: abc123", "X-Api-Key: ***" },
        { "sent Bearer a1b2c3d4e5 to it", "sent Bearer *** to it" },
        { "sent Basic dXNlcjpwYXNz to it", "sent Basic *** to it" },
        { "sent " + Jwt + ".", "sent ***." },
        { "sent eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0 on", "sent *** on" },

        // Connection strings.
        { "Host=db;Username=app;Password=p w,1&2;Database=w", "Host=db;Username=app;Password=***;Database=w" },
        { "Password=x;Host=db", "Password=***;Host=db" },
        { "Server=db; Pwd=x", "Server=db; Pwd=***" },
        { "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=Zm9v+/8=;EndpointSuffix=core", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=***;EndpointSuffix=core" },
        { "Endpoint=sb://b/;SharedAccessKeyName=Root;SharedAccessKey=abc=", "Endpoint=sb://b/;SharedAccessKeyName=Root;SharedAccessKey=***" },
        { "Host=db;Password='x;y'", "Host=db;Password='***'" },
        { "cannot connect (password=hunter2), user=bob", "cannot connect (password=***), user=bob" },

        { "Pwd={hunter2secret};", "Pwd={***};" },
        { "Driver={SQL Server};Server=x;Uid=sa;Pwd={p}}w;d};Database=y", "Driver={SQL Server};Server=x;Uid=sa;Pwd={***};Database=y" },
        { "Provider=x;Password={S3cret}x;Initial Catalog=orders", "Provider=x;Password=***;Initial Catalog=orders" },
        { "Server=x;Pwd={a}b{c}d;Db=y", "Server=x;Pwd=***;Db=y" },
        { "password = SecretStr(\"hunter2\")", "password = ***\")" },
        { "Pwd={12};", "Pwd={***};" },
        { "{\"password\":\"my-password\"}", "{\"password\":\"***\"}" },
        { "Password=\"hun\"\"ter2\";", "Password=\"***\";" },
        { "Pwd=hun ter2;Server=x", "Pwd=***;Server=x" },
        { "Provider=x;Jet OLEDB:Database Password=hun ter2;Data Source=y", "Provider=x;Jet OLEDB:Database Password=***;Data Source=y" },
        { "Srvr=\"s\";Ref=\"b\";Usr=\"u\";Pwd=\"p\"\"q\";", "Srvr=\"s\";Ref=\"b\";Usr=\"u\";Pwd=\"***\";" },
        { "ConnectionString=hunter2", "ConnectionString=***" },
        { "{\"connectionString\":\"Server=x;Pwd=abc;Db=y\"}", "{\"connectionString\":\"Server=x;Pwd=***;Db=y\"}" },

        // XML.
        { "<login><password>hunter2</password></login>", "<login><password>***</password></login>" },
        { "<add key=\"DbPassword\" value=\"hunter2\"/>", "<add key=\"DbPassword\" value=\"***\"/>" },
        { "<add value=\"hunter2\" key=\"DbPassword\"/>", "<add value=\"***\" key=\"DbPassword\"/>" },
        { "<password><![CDATA[x<y]]></password>", "<password><![CDATA[***]]></password>" },
        { "<Authorization>Bearer abc</Authorization>", "<Authorization>Bearer ***</Authorization>" },
        { "<credentials><user>bob</user><password>x</password></credentials>", "<credentials><user>***</user><password>***</password></credentials>" },
        { "&lt;password&gt;hunter2&lt;/password&gt;", "&lt;password&gt;***&lt;/password&gt;" },

        // Command lines, code and Russian.
        { "mysqldump --password hunter2 --user bob", "mysqldump --password *** --user bob" },
        { "-Password hunter2 -Name x", "-Password *** -Name x" },
        { "net use /password:hunter2 /y", "net use /password:*** /y" },
        { "[\"--password\",\"hunter2\",\"-v\"]", "[\"--password\",\"***\",\"-v\"]" },
        { "password => hunter2", "password => ***" },
        { ":password => \"hunter2\"", ":password => \"***\"" },
        { "Options { User = bob, Password = hun ter2, Port = 1 }", "Options { User = bob, Password = ***, Port = 1 }" },
        { "[DbPassword, hunter2], [User, bob]", "[DbPassword, ***], [User, bob]" },
        { "cmdkey /add:x /user:u /pass:hunter2", "cmdkey /add:x /user:u /pass:***" },
        { "user=bob pass=hunter2 host=h", "user=bob pass=*** host=h" },
        { "new() { { \"Password\", \"hunter2\" }, { \"User\", \"bob\" } }", "new() { { \"Password\", \"***\" }, { \"User\", \"bob\" } }" },
        { "$ENV{'DB_PASSWORD'} = \"x\";", "$ENV{'DB_PASSWORD'} = \"***\";" },
        { "password: hun ter2", "password: ***" },
        { "Pwd=hun ter2", "Pwd=***" },
        { "password=hunter2 order42", "password=*** order42" },
        { "password: hun ter2, user: bob", "password: ***, user: bob" },
        { "<password value=\"hunter2\"/>", "<password value=\"***\"/>" },
        { "<Параметр Имя=\"Пароль\" Значение=\"hunter2\"/>", "<Параметр Имя=\"Пароль\" Значение=\"***\"/>" },
        { "{\"key\":\"DbPassword\",\"value\":\"hunter2\"}", "{\"key\":\"DbPassword\",\"value\":\"***\"}" },
        { "Key = Password, Value = hunter2", "Key = Password, Value = ***" },
        { "пароль: x", "пароль: ***" },
        { "Пароль пользователя: \"hun ter2\"", "Пароль пользователя: \"***\"" },
        { "ключ: abc123XYZ", "ключ: ***" },
        { "КлючAPI=abc", "КлючAPI=***" },
        { "{\"\\u043F\\u0430\\u0440\\u043E\\u043B\\u044C\":\"hunter2\"}", "{\"\\u043F\\u0430\\u0440\\u043E\\u043B\\u044C\":\"***\"}" },

        // JSON and other text.
        { "{\"password\":\"{S3cret}\"}", "{\"password\":\"***\"}" },
        { "{\"json\":\"{\\u0022password\\u0022:\\u0022x y\\u0022}\"}", "{\"json\":\"{\\u0022password\\u0022:\\u0022***\\u0022}\"}" },
        { "{\"headers\":{\"Authorization\":[\"Bearer abc\"],\"X-Api-Key\":[\"a\",\"b\"]}}", "{\"headers\":{\"Authorization\":[\"Bearer ***\"],\"X-Api-Key\":[\"***\",\"***\"]}}" },
        { "{\"token\":{\"access\":\"a\",\"refresh\":\"b\"},\"x\":1}", "{\"token\":{***},\"x\":1}" },
        { "user: bob\npassword: hun ter2\nport: 1", "user: bob\npassword: ***\nport: 1" },
        { "password: |\n  one\n  two\nport: 1", "password: |\n  ***\nport: 1" },
        { "{\"password\": \"x \\\" y\", \"user\": \"bob\"}", "{\"password\": \"***\", \"user\": \"bob\"}" },
        { "{\\\"password\\\":\\\"x\\\\\\\"y\\\",\\\"user\\\":\\\"bob\\\"}", "{\\\"password\\\":\\\"***\\\",\\\"user\\\":\\\"bob\\\"}" },
        { "{\"pin\":1,\"clientSecret\":\"x\"}", "{\"pin\":1,\"clientSecret\":\"***\"}" },
        { "{\"password\":12345}", "{\"password\":***}" },
        { "{\"password\":\"cut of", "{\"password\":\"***" },
        { "password: hunter2", "password: ***" },
        { "password = hunter2 given", "password = *** given" },
        { "Password: swordfish", "Password: ***" },
        { "API key: 0af7 refused", "API key: *** refused" },
        { "SMTP_PASSWORD=x", "SMTP_PASSWORD=***" },
        { "TELEGRAM_BOT_TOKEN=x", "TELEGRAM_BOT_TOKEN=***" },

        // Tokens by their shape.
        { "used sk-" + "proj-abcdefghij0123456789 twice", "used *** twice" },
        { "used ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789", "used ***" },
        { "used gho_" + "abcdefghijklmnopqrstuvwxyz0123456789", "used ***" },
        { "used github_pat_" + "11ABCDEFG0abcdefghijkl_mnop.", "used ***." },
        { "used xoxb-" + "1234567890-abcdefgh", "used ***" },
        { "used AKIA" + "IOSFODNN7EXAMPLE.", "used ***." },
        { "used AKIA" + "IOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "used *** ***" },
        { "{\"m\":\"it failed\\nghp_" + "abcdefghijklmnopqrstuvwxyz0123456789\"}", "{\"m\":\"it failed\\n***\"}" },
        { "used AIza" + "SyA1234567890abcdefghijklmnopqrstuv", "used ***" },
        { "https://api.telegram.org/bot" + BotToken + "/sendMessage", "https://api.telegram.org/bot***/sendMessage" },
        { "bot " + BotToken + ".", "bot ***." },
        { "https://api.telegram.org/bot123:ABC/getMe", "https://api.telegram.org/bot***/getMe" },
        { "root:hunter2@tcp(127.0.0.1:3306)/orders", "root:***@tcp(127.0.0.1:3306)/orders" },
        { "jdbc:oracle:thin:scott/tiger@//db:1521/x", "jdbc:oracle:thin:scott/***@//db:1521/x" },
        { "{\"message\":\"Bearer a1b2c3d4e5\"}", "{\"message\":\"Bearer ***\"}" },
        { Slack + " answered 404", "https://hooks.slack.com/services/*** answered 404" },
        { "https://discord.com/api/webhooks/" + "123/abc-def?wait=true", "https://discord.com/api/webhooks/***?wait=true" },
        { "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----\nrest", "-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----\nrest" },
        { "-----BEGIN PRIVATE KEY-----\nMIIEow", "-----BEGIN PRIVATE KEY-----***" },
    };

    public static TheoryData<string> Innocent =>
    [
        "", " ", "Order 42 was not found.", "the key is wrong", "The password is wrong.", "secret", "token",
        "0af7651916cd43dd8448eb211c80319c", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "c56a4180-65aa-42ec-a945-5fd21dec0538",
        "{c56a4180-65aa-42ec-a945-5fd21dec0538}", "/home/app/src/Tool.cs:line 42", @"C:\keys\token.txt", "at 12:34:56.789 on 2026-03-01T12:00:00Z", "127.0.0.1:8080", "[::1]:5000",
        "key = value", "var key = values[0];", "map[\"key\"] = \"value\"", "if (password == null)", "password => password.Length", "Token::Method",
        "status code=500", "exit code: 1", "error code=42, retry", "{\"code\": -32602, \"key\": \"city\"}", "session=3 of 5", "auth: failed",
        "password: must not be empty", "Token: expired", "token: null", "Password: required", "Unexpected token: }", "Authorization: the header is missing",
        "Bearer token is missing", "Basic authentication failed", "WWW-Authenticate: Bearer error=\"invalid_token\"", "WWW-Authenticate: Basic realm=\"x\"",
        "System.Object, mscorlib, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089", "progressToken=7", "nextPageToken: abc1", "maxTokens: 100", "total_tokens=512",
        "Login for {Password} with token={Token}", "password=***", "token=[Filtered]", "sk-learn and task-force-of-seventeen-people", "https://example.com/a?b=c#d", "https://example.com/@user/x",
        "see https://example.com:8080/path@2x.png", "mail bob@example.com", "tools/call get_weather", "aGVsbG8=", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "ratio 3:2, at 10:20", "keyboard: us", "monkey=1", "tokenizer: bpe2", "заявка: ключ неверен",
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secret_is_replaced_and_what_is_around_it_stays(string text, string expected)
    {
        Assert.Equal(expected, SecretScrubber.Scrub(text));
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Clean_text_is_clean(string text, string expected)
    {
        string once = SecretScrubber.Scrub(text);

        Assert.Same(once, SecretScrubber.Scrub(once));
        Assert.Equal(expected, once);
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secret_is_found_behind_other_text(string text, string expected)
    {
        Assert.Equal("Failed:\n" + expected, SecretScrubber.Scrub("Failed:\n" + text));
    }

    [Theory]
    [MemberData(nameof(Innocent))]
    public void Innocent_text_stays_the_same_object(string text)
    {
        Assert.Same(text, SecretScrubber.Scrub(text));
    }

    [Fact]
    public void Long_text_is_cut()
    {
        string clean = SecretScrubber.Scrub(new string('a', SecretScrubber.LongestText + 1));

        Assert.Equal(SecretScrubber.LongestText, clean.Length);
    }

    [Fact]
    public void Of_a_secret_at_the_cut_no_half_is_left()
    {
        string clean = SecretScrubber.Scrub(new string('a', SecretScrubber.LongestText - 10) + " ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789");

        Assert.Equal(SecretScrubber.LongestText - 10, clean.Length);
    }
}
