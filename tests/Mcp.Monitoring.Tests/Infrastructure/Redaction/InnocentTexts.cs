namespace Mcp.Monitoring.Tests.Infrastructure.Redaction;

/// <summary>Texts of the field in which there is no secret, though their words are those of secrets.</summary>
internal static class InnocentTexts
{
    private const string Lines =
        """
        Order 42 was not found.
        The password is wrong.
        password is required
        The password: must be 8 characters
        Password: must be at least 8 characters long and contain a digit
        Password: at least 8 characters
        Password: too short
        password: is required, email: is required
        token expired
        Token: has expired
        Token: expired at 12:00
        The token has expired: please log in again
        Token validation failed: signature is invalid
        Invalid token: the audience is not valid
        IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '01/01/2026 12:00:00', Current time (UTC): '01/01/2026 13:00:00'.
        SecurityTokenExpiredException: IDX10223: Lifetime validation failed.
           at Microsoft.IdentityModel.Tokens.Validators.ValidateLifetime(Nullable`1 notBefore, Nullable`1 expires, SecurityToken securityToken, TokenValidationParameters validationParameters)
           at Mcp.Auth.TokenService.GetToken(String key, CancellationToken cancellationToken) in /src/auth/TokenService.cs:line 42
        A task was canceled: CancellationToken was cancelled
        System.Threading.CancellationToken: IsCancellationRequested = True
        Could not load file or assembly 'System.Text.Json, Version=9.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51'
        {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"get_order","arguments":{"id":42},"_meta":{"progressToken":7}}}
        {"type":"object","properties":{"password":{"type":"string","description":"The password of the user"},"apiKey":{"type":["string","null"]}},"required":["password","apiKey"]}
        {"errors":{"Password":["The Password field is required."],"Email":["The Email field is required."]}}
        {"usage":{"prompt_tokens":512,"completion_tokens":100,"total_tokens":612},"max_tokens":1000}
        {"token":null,"password":false,"secret":true}
        {"nextPageToken":"abc1","continuationToken":"x7","nextCursor":"eyJ"}
        {"key":"city","value":"Berlin"}
        {"name":"city","value":"Berlin"}
        {"code":-32602,"message":"Invalid params"}
        {"hasPassword":true,"passwordLength":12,"tokenType":"Bearer","tokenCount":3,"secretName":"db","expires_in":3600}
        Server=db;Database=orders;Trusted_Connection=True;Encrypt=True
        Data Source=orders.db;Cache=Shared
        Host=db;Port=5432;Username=app;SSL Mode=Require;Pooling=true
        https://example.com:8080/path@2x.png?x=1
        https://example.com/a?key=&token=&x=1
        https://example.com/@user/x and mail bob@example.com
        git@github.com:org/repo.git
        GET /token HTTP/1.1
        POST /oauth/token failed with 401
        GET /api/password/reset answered 404
        Usage: login <user> <password>
        Usage: app --user <user> --password <password> [--token <token>]
        Usage: app --password PASSWORD
        set --password to change it
        option --token requires a value
        missing argument for --password
        unknown option --secret-key
        use --password-file /run/secrets/db or --password-stdin
        List<Token> tokens = Parse<Token>(text);
        Task<Token> GetToken(string key)
        if (password == null || token != "x")
        if (token.Length > 0 && password is null)
        password => password.Length
        token => Validate(token)
        x => x.Password
        var token = await GetTokenAsync(cancellationToken);
        var token = tokens.Next();
        public string Password { get; set; }
        public string? Token { get; init; } = null;
        string password, CancellationToken token = default
        Login for {Password} with token={Token}
        Login of {User} with {@Password} and {Token:l}
        password={0}, token={1}
        password={{password}} token={{ .Values.token }}
        password=${DB_PASSWORD} token=$(TOKEN) secret=%SECRET%
        password: ${{ secrets.DB_PASSWORD }}
        password=***, token=[Filtered], secret=<redacted>, api_key=[REDACTED], pwd=[hidden]
        Authorization: [Redacted]
        Authorization: Bearer {token}
        Authorization: Bearer <token>
        Authorization: Bearer ***
        Authorization: the header is missing
        Authorization: Bearer token is missing
        Authorization failed for user bob
        Authorization: required
        WWW-Authenticate: Bearer realm="x", error="invalid_token"
        WWW-Authenticate: Basic realm="orders"
        WWW-Authenticate: Bearer resource_metadata="https://example.com/.well-known/oauth-protected-resource"
        Bearer authentication was not successful
        basic understanding of authentication-and-authorization
        Cookie: the cookie has expired
        Set-Cookie was not sent
        SELECT [u].[Password] FROM [Users] AS [u] WHERE [u].[Token] = @__token_0
        UPDATE "Users" SET "Password" = @p0 WHERE "Id" = @p1;
        WHERE password = ? AND token = :token AND secret = $1
        <xs:element name="password" type="xs:string"/>
        <label for="password">Password</label>
        <param name="token">The token that cancels.</param>
        <input type="password" name="password" placeholder="Password">
        <password/><token></token>
        <password xsi:nil="true"/>
        <add key="Timeout" value="30"/>
        <add name="db" connectionString="Server=db;Database=orders;Integrated Security=true"/>
        Unexpected token: }
        Unexpected token: <!DOCTYPE html>
        Unexpected token '<', "<!DOCTYPE "... is not valid JSON
        Unexpected token h in JSON at position 0
        JsonReaderException: Unexpected character encountered while parsing value: <. Path '', line 0, position 0.
        Не найден ключ: city
        Ключ: city, значение: Berlin
        заявка: ключ неверен
        Пароль: неверный
        Неверный пароль
        Пароль: не задан
        пароль: обязательное поле
        Пароль должен содержать не менее 8 символов
        Токен: истёк
        Срок действия токена: 30 дней
        Длина пароля: 12
        Неверный пароль пользователя: bob
        keyboard: us, monkey=1, tokenizer: bpe2, secretary: Ann, compass=n, bypass: true
        key = value; code: 42; session=3 of 5; exit code=1
        at 12:34:56.789 on 2026-03-01T12:00:00Z
        sha256:0af7651916cd43dd8448eb211c80319c0af7651916cd43dd8448eb211c80319c
        id c56a4180-65aa-42ec-a945-5fd21dec0538 trace 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
        C:\keys\token.txt and /run/secrets/db_password
        PWD=/home/app
        password_policy: strict
        ConnectionId:0HN1 RequestPath:/token TraceId:abc
        [password, email] are required
        ("password", "email")
        Missing fields: password, token
        fields=[password,token]
        ("authorization=your-token", "is a placeholder")
        isKept ? "PASS" : "FAIL"
        Property 'Password': 'Password' must not be empty.
        Validation failed: -- Password: 'Password' must not be empty. Severity: Error
        The field Password must be a string with a minimum length of 6.
        Enter password:
        Password: see RFC6749 for details
        Password: use SHA256 instead
        token: issued by auth2 service
        password: minimum length 8
        pass: 12, fail: 3
        tests: pass=12 fail=3
        Password:
        password: ""
        password=""
        Pwd='';Server=x
        {"password":"","token":""}
        -----BEGIN CERTIFICATE-----⏎MIIB⏎-----END CERTIFICATE-----
        -----BEGIN PUBLIC KEY-----⏎MIIB⏎-----END PUBLIC KEY-----
        5" disk; 6" disk: token
        it's the user's token, isn't it
        wrong password 3 times
        3 wrong passwords: 1 left
        Password: 3 attempts left
        Login failed for user 'sa'. Reason: Password did not match that for the login provided.
        28P01: password authentication failed for user "bob"
        Access denied for user 'bob'@'10.0.0.1' (using password: YES)
        NOAUTH Authentication required.
        WRONGPASS invalid username-password pair or user is disabled.
        The remote server returned an error: (401) Unauthorized.
        No authenticationScheme was specified, and there was no DefaultChallengeScheme found.
        The antiforgery token could not be decrypted.
        The provided anti-forgery token was meant for user "bob"
        The key {c56a4180-65aa-42ec-a945-5fd21dec0538} was not found in the key ring.
        Secret 'db-password' was not found in the vault
        secret "db-password" not found
        Error: secret not found: db-password
        Token count: 512, tokens per second: 12.5
        a<b and c>d; e=f
        mcp_operations_total{operation_type="tools",operation="get_token"} 5
        12 % of calls of get_token failed since 17:26 UTC
        tool reset_password: 3 of 7 calls failed
        get_token: p95 is 1.2 s
        Operation: rotate_secret, outcome: server_error
        System.OperationCanceledException: The operation was canceled. Token: System.Threading.CancellationToken
        Parser error near token: 'foo7bar'
        GET /users/sign_in?reset_password=true
        var password = configuration["Db:Password"];
        var password = Environment.GetEnvironmentVariable("DB_PASSWORD");
        password = os.environ["DB_PASSWORD"]
        password = os.getenv('DB_PASSWORD')
        const token = process.env.TOKEN;
        let token = req.headers['x-token'];
        builder.Services.Configure<TokenOptions>(o => o.Token = token);
        options.Token = options.Token ?? throw new ArgumentNullException(nameof(token));
        Func<Token, bool> isEnd = token => token.Kind == TokenKind.End;
        WHERE t.token = u.token
        Токен обновлён: успешно
        Ключ: заказ-42
        {"Пароль":"Поле обязательно для заполнения"}
        correlation sk-learn-model-v2-pipeline-run
        sk-toolbar-item-selected-2
        task-runner sk-nightly-build-of-orders-2026
        INNER JOIN [Tokens] AS [t] ON [u].[Token] = [t].[Token]
        INNER JOIN "Tokens" AS t ON u."Token" = t."Token"
        LEFT JOIN tokens t ON t.access_token = s.access_token WHERE s.id = 42
        SELECT 1 FROM a WHERE a.token = b.token AND a.x = 1
        UPDATE a SET token = b.token FROM b WHERE a.id = b.id
        UPDATE a SET password = crypt(password, gen_salt('bf'))
        WHERE password = %s AND x = %s
        {"password":["This field is required"]}
        {"password":"must not be blank"}
        {"password":"is too short (minimum is 8 characters)"}
        {"password":["must be at least 8 characters"]}
        {"errors":{"password":"Password is required"}}
        {"password":"Required"}
        {"password":"Password must contain at least one digit."}
        {"пароль":"обязательное поле"}
        {"token":"expired"}
        {"token":"invalid"}
        {"errors":{"token":["Token expired"]}}
        {"Token":"System.Threading.CancellationToken"}
        {"token":"string"}
        Ключ: заказ42.json
        Ключ: order-42-lines
        Не найден ключ: order-2026-11-24
        Дублирующийся ключ: документ-2026-0042
        ключ=orders-2026-11-24
        Ключ: Номенклатура.Код123
        Токены: 512
        Пароль: введите
        Пароль: (не показан)
        Пароль: <не показан>
        Пароль: *скрыт*
        Пароль: да
        Token: <eof>
        near token: x1
        syntax error at or near token: "select1"
        mismatched input 'foo7' expecting token: ID
        Token: System.String
        secret=false
        use_secret=1
        Password=False
        show_password=false
        remember_token=false
        has_token=true
        with_password=true
        forgot_password=1
        reset_password=true&x=1
        csrf_token=missing
        token=present
        token=<present>
        token=(present)
        token=[present]
        token=<set>
        api_key: (12 chars)
        api_key: <32 bytes>
        password: [8 bytes]
        Cfg { User = bob, Token = System.Threading.CancellationToken }
        Cfg { User = bob, Token = Mcp.Token }
        sk-SK culture, sk-button-primary-large-2x
        the class ghost sk-hero-banner-v2-large-blue
        https://h/css/sk-theme-dark-mode-2026.css
        https://h/static/sk-component-loader-12.js
        SKU sk-2026-11-24-0042-ABC
        ON [u].[Token] = [t].[Token]
        WHERE a.token = b.token
        password = %s
        password = @p0
        password = ?
        WHERE password=@userPassword AND x = @x
        o => o.Token = token
        {"user":"bob","tokens":{"input":12,"output":13}}
        {"tokens":["Hello"," world","7"]}
        tokens: 512
        has_token=true&x=1
        secret=null
        token=none
        password: ["must be at least 8 characters"]
        {"errors":{"/token":["expired"]}}
        <error field="password"/><password>must not be blank</password>
        sk-theme-dark-mode-2026.css
        Пароль: (скрыт)
        pinned: 3, pins: 7, spinning=1
        {"pin":3}
        pin: 7
        otpauth is off
        new Options { Token = options.Token }
        Password for bob: authentication failed
        Password for user bob: must be at least 8 characters
        Token for call 7: expired
        Token (optional): see the manual
        Password (new): is required
        Пароль (новый): не указан
        Пароль пользователя "bob": истёк
        API key provided: none
        The user is identified by email and phone
        The user is identified by id42
        INSERT INTO tokens (id, token) VALUES (@p0, @p1)
        INSERT INTO users (name, password) VALUES (?, ?)
        INSERT INTO notes (password_hint, name) VALUES ('none of them', 'order 42')
        SELECT id FROM users WHERE password IN (@p0, @p1) AND name LIKE 'order 42'
        WHERE password <> '' AND token IS NOT NULL
        DECLARE @count int = 42
        GET /password HTTP/1.1
        POST /users/42/password 204
        the page /reset-password was not found
        curl -u
        docker run -u 1000:1000 -p 8080:80 orders
        dotnet build -p:Version=7 /p:Configuration=Release
        Authorization: policy Admin was not met
        password:⏎  must be at least 8 characters
        Token:⏎   at Mcp.Orders.Run() in /src/Orders.cs:line 42
        Password:⏎Access denied for bob
        {"ParameterName":"@id","Value":"order 42"}
        {"fields":["password","address2"]}
        [["name","token"],["bob","expired"]]
        <entry><string>name</string><string>order 42</string></entry>
        <array><string>password</string><string>email</string></array>
        <param-name>timeout</param-name><param-value>42</param-value>
        "name"⏎:⏎"order 42"
        login of &{Name:bob Age:3}
        set PATH=C:\bin and run 2 tests
        <div id="password"><p>How to choose one</p> and more</div>
        <form><input id="password"><p>Forgot it?</p></form>
        <form><input name="password" type="password"><p>Forgot it?</p></form>
        <li id="token">Tokens</li>
        """;

    public static IEnumerable<string> All { get; } = Lines.Split('\n').Select(line => line.TrimEnd('\r').Replace("⏎", "\n", StringComparison.Ordinal));
}
