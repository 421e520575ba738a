using System.Security;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mcp.Monitoring.Tests.Infrastructure.Redaction.Generated;

/// <summary>The notations in which secrets are written, each with its own escapes.</summary>
internal static class Notations
{
    private const string Printable = " !#$%&()*+,-./:;<=>?@[]^_{|}~";
    // What an unquoted value of a connection string may have; a whole tag is the end of it.
    private const string Free = " !#$%&()*+,-./:<=?@[]^_{|}~";
    private const string Everything = Printable + "\"'`\\\n\té€日";
    // What nothing takes for an end when nothing is quoted.
    private const string Unquoted = "!#$%*+-./:=?@^_|~(){}[]";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<Notation> All { get; } =
    [
        .. Settings(), .. Json(), .. Xml(), .. Yaml(), .. Lines(), .. Code(), .. Urls(), .. Headers(), .. CommandLines(), .. Tokens(),
    ];

    /// <summary>Gets those of which nobody knows what they are before they end.</summary>
    public static IReadOnlyList<string> NeedEnd { get; } =
    [
        "JSON, value and name", "XML, value and key", "Oracle", "MySQL of Go", "token, GitHub", "token, OpenAI", "token, Slack", "token, JWT", "token, Google", "token, bearer",
        .. All.Where(notation => notation.Name.StartsWith("token, ", StringComparison.Ordinal) && notation.Name is not ("token, webhook" or "token, private key")).Select(notation => notation.Name),
    ];

    private static IEnumerable<Notation> Settings() =>
    [
        new("ADO.NET, plain, in the middle", (key, value) => $"Server=db.example.com;{key}={value};Database=orders", Free + "'\"\\", Keys: Keys.Any),
        new("ADO.NET, plain, first", (key, value) => $"{key}={value};Server=db.example.com", Free + "'\"\\", Keys: Keys.Word),
        new("ADO.NET, plain, last", (key, value) => $"Server=db.example.com;{key}={value}", Free + "'\"\\", Place.LineEnd, Keys.Any),
        new("ADO.NET, in quotes", (key, value) => $"Server=db;{key}=\"{value.Replace("\"", "\"\"")}\";Database=orders", Printable + "'\"\"\"\\", Keys: Keys.Any, TakesAnyEnds: true),
        new("ADO.NET, in quotes, last", (key, value) => $"Server=db;{key}=\"{value.Replace("\"", "\"\"")}\"", Printable + "'\"\"\"\\", Keys: Keys.Any, TakesAnyEnds: true),
        new("ADO.NET, in apostrophes", (key, value) => $"Server=db; {key} = '{value.Replace("'", "''")}' ;Database=orders", Printable + "\"'''\\", Keys: Keys.Any, TakesAnyEnds: true),
        new("ODBC", (key, value) => $"Driver={{SQL Server}};Server=db;{key}={{{value.Replace("}", "}}")}}};Database=orders", Printable + "{}}}'\"\\", Keys: Keys.Word, TakesAnyEnds: true),
        new("ADO.NET, begins with braces", (key, value) => $"Server=db;{key}={(value == "***" ? value : "{S3c}" + value)};Database=orders", Unquoted.Replace("{", "").Replace("}", "") + " ", Keys: Keys.Word),
        new("ODBC, first", (key, value) => $"{key}={{{value.Replace("}", "}}")}}};", Printable + "{}}}'\"\\", Keys: Keys.Word, TakesAnyEnds: true),
        new("JDBC", (key, value) => $"jdbc:sqlserver://db:1433;databaseName=orders;user=bob;{key}={{{value.Replace("}", "}}")}}};encrypt=true", Printable + "}}'\"", Keys: Keys.Identifier, TakesAnyEnds: true),
        new("1C", (key, value) => $"Srvr=\"s\";Ref=\"b\";Usr=\"u\";{key}=\"{value.Replace("\"", "\"\"")}\";", Printable + "'\"\"\"\\", Keys: Keys.Word, TakesAnyEnds: true),
        new("libpq", (key, value) => $"host=db {key}='{value.Replace("\\", "\\\\").Replace("'", "\\'")}' user=bob", Printable + "''\"\\\\", Keys: Keys.Identifier, TakesAnyEnds: true),
        new("libpq, plain", (key, value) => $"host=db {key}={value.Replace(" ", "\\ ")} user=bob", Unquoted + " ", Keys: Keys.Identifier),
        new("Redis", (key, value) => $"cache:6379,{key}={value},ssl=True", Unquoted.Replace("=", ""), Keys: Keys.Identifier),
    ];

    private static IEnumerable<Notation> Json() =>
    [
        new("JSON", (key, value) => $"{{\"user\":\"bob\",{JsonSerializer.Serialize(key)}:{JsonSerializer.Serialize(value)},\"port\":5432}}", Everything, TakesAnyEnds: true),
        new("JSON, relaxed", (key, value) => $"{{\"user\": \"bob\", {JsonSerializer.Serialize(key, Relaxed)}: {JsonSerializer.Serialize(value, Relaxed)}, \"port\": 5432}}", Everything, TakesAnyEnds: true),
        new("JSON, indented", (key, value) => $"{{\r\n  \"user\": \"bob\",\r\n  {JsonSerializer.Serialize(key, Relaxed)}: {JsonSerializer.Serialize(value, Relaxed)}\r\n}}", Everything, TakesAnyEnds: true),
        new("JSON, array", (key, value) => $"{{{JsonSerializer.Serialize(key, Relaxed)}:[{JsonSerializer.Serialize(value, Relaxed)},{JsonSerializer.Serialize(value, Relaxed)}],\"a\":[1]}}", Everything, TakesAnyEnds: true),
        new("JSON, number", (key, value) => $"{{{JsonSerializer.Serialize(key, Relaxed)}:{(value == "***" ? value : "4815162342")},\"a\":1}}", ""),
        new("JSON, name and value", (key, value) => $"{{\"name\":{JsonSerializer.Serialize(key, Relaxed)},\"value\":{JsonSerializer.Serialize(value, Relaxed)}}}", Everything, Keys: Keys.Word, TakesAnyEnds: true),
        new("JSON, value and name", (key, value) => $"{{\"value\":{JsonSerializer.Serialize(value, Relaxed)},\"name\":{JsonSerializer.Serialize(key, Relaxed)}}}", Everything, Keys: Keys.Word, TakesAnyEnds: true),
        new("JSON, arguments", (key, value) => $"[\"run\", \"--{key}\", {JsonSerializer.Serialize(value, Relaxed)}, \"-v\"]", Everything, Keys: Keys.Identifier, TakesAnyEnds: true),
        new("JSON, colon on a line", (key, value) => $"{{{JsonSerializer.Serialize(key, Relaxed)}\n:\n{JsonSerializer.Serialize(value, Relaxed)}}}", Everything, TakesAnyEnds: true),
        new("JSON, pair in an array", (key, value) => $"[[{JsonSerializer.Serialize(key, Relaxed)},{JsonSerializer.Serialize(value, Relaxed)}],[\"user\",\"bob\"]]", Everything, Keys: Keys.Word, TakesAnyEnds: true),
        new("JSON, second pair in an array", (key, value) => $"[[\"user\", \"bob\"], [{JsonSerializer.Serialize(key, Relaxed)}, {JsonSerializer.Serialize(value, Relaxed)}]]", Everything, Keys: Keys.Word, TakesAnyEnds: true),
        new("JSON, key and value of a parameter", (key, value) => $"{{\"ParameterKey\":{JsonSerializer.Serialize(key, Relaxed)},\"ParameterValue\":{JsonSerializer.Serialize(value, Relaxed)}}}", Everything, Keys: Keys.Word, TakesAnyEnds: true),
        new("JSON, parameter of SQL", (key, value) => $"{{\"ParameterName\":\"@{key}\",\"Value\":{JsonSerializer.Serialize(value, Relaxed)}}}", Everything, Keys: Keys.Identifier, TakesAnyEnds: true),
        .. ListNames.Select(name => new Notation($"JSON, {name}", (_, value) => $"{{\"{name}\":[\"{(value == "***" ? value : $"a7b{value}")}\"]}}", "", Keys: Keys.Own)),
        .. ShortNames.Select(name => new Notation($"JSON, {name}", (_, value) => $"{{\"user\":\"bob\",\"{name}\":{JsonSerializer.Serialize(value, Relaxed)}}}", Everything, Keys: Keys.Own, TakesAnyEnds: true)),
        new("JavaScript", (key, value) => $"{{ user: 'bob', {key}: '{value.Replace("\\", "\\\\").Replace("'", "\\'")}' }}", Printable + "\"'\\", Keys: Keys.Identifier, TakesAnyEnds: true),
        new("Python", (key, value) => $"{{'user': 'bob', '{key}': '{value.Replace("\\", "\\\\").Replace("'", "\\'")}', 'port': 5432}}", Printable + "\"'\\", Keys: Keys.Word, TakesAnyEnds: true),
    ];

    private static IEnumerable<Notation> Xml() =>
    [
        new("XML, element", (key, value) => $"<login><user>bob</user><{key}>{Escape(value)}</{key}></login>", Printable + "\"'\\\n", Keys: Keys.Word),
        new("XML, element with prefix", (key, value) => $"<d:{key} xmlns:d=\"http://example.com/d\" d:type=\"xs:string\">{Escape(value)}</d:{key}>", Printable + "\"'\\\n", Keys: Keys.Word),
        new("XML, CDATA", (key, value) => $"<{key}><![CDATA[{value}]]></{key}>", Printable.Replace("]", "") + "\"'\\\n", Keys: Keys.Word),
        new("XML, element with a comment", (key, value) => $"<{key}>{(value == "***" ? value : $"<!-- of bob -->{Escape(value)}")}</{key}>", Printable + "\"'\\\n", Keys: Keys.Word),
        new("XML, element with an element", (key, value) => $"<{key}>{Escape(value)}<br/>{Escape(value)}</{key}>", Printable + "\"'\\\n", Keys: Keys.Word),
        new("XML, elements in an element", (key, value) => $"<{key}><value a=\"1\">{Escape(value)}</value></{key}>", Printable + "\"'\\\n", Keys: Keys.Word),
        new("XML, two of CDATA", (key, value) => $"<{key}><![CDATA[{value}]]><![CDATA[{value}]]></{key}>", Printable.Replace("]", "") + "\"'\\\n", Keys: Keys.Word),
        new("XML, name and value of a parameter", (key, value) => $"<init-param><param-name>{key}</param-name>\n<param-value>{Escape(value)}</param-value></init-param>", Printable + "\"'\\\n", Keys: Keys.Word),
        new("XML, entry of Java", (key, value) => $"<entry><string>{key}</string><string>{Escape(value)}</string></entry>", Printable + "\"'\\\n", Keys: Keys.Word),
        new("XML, attribute", (key, value) => $"<login user=\"bob\" {key}=\"{Escape(value)}\" port='1'/>", Printable + "\"'\\", Keys: Keys.Word, TakesAnyEnds: true),
        new("XML, attribute in apostrophes", (key, value) => $"<login {key}='{Escape(value)}'></login>", Printable + "\"'\\", Keys: Keys.Word, TakesAnyEnds: true),
        new("XML, key and value", (key, value) => $"<add key=\"{key}\" value=\"{Escape(value)}\"/>", Printable + "\"'\\", TakesAnyEnds: true),
        new("XML, value and key", (key, value) => $"<add  value='{Escape(value)}'\n  key='{key}' />", Printable + "\"'\\", TakesAnyEnds: true),
        new("XML, name and text", (key, value) => $"<entry name=\"{key}\">{Escape(value)}</entry>", Printable + "\"'\\\n"),
        new("XML, name and element", (key, value) => $"<setting name=\"{key}\" serializeAs=\"String\">\n  <value>{Escape(value)}</value>\n</setting>", Printable + "\"'\\\n"),
        new("XML, property list", (key, value) => $"<dict><key>{key}</key><string>{Escape(value)}</string></dict>", Printable + "\"'\\\n"),
        new("XML, connection string", (key, value) => $"<add name=\"db\" connectionString=\"{Escape($"Server=db;{key}=\"{value.Replace("\"", "\"\"")}\";Database=d")}\"/>", Printable + "\"'\\", TakesAnyEnds: true),
        new("XML, connection string in text", (key, value) => $"<connection>{Escape($"Server=db;{key}={value}")}</connection>", Free + "'\\"),
        .. ElementNames.Select(name => new Notation($"XML, {name}", (_, value) => $"<login><user>bob</user><{name}>{Escape(value)}</{name}></login>", Printable + "\"'\\\n", Keys: Keys.Own)),
        new("HTML, field", (key, value) => $"<input type=\"password\" name=\"p\" value=\"{Escape(value)}\">", Printable + "\"'\\", Keys: Keys.Own, TakesAnyEnds: true),
    ];

    private static IEnumerable<Notation> Yaml() =>
    [
        new("YAML, plain", (key, value) => $"user: bob\n{key}: {value}\nport: 5432", Printable.Replace("#", "").Replace(":", "") + "'\"\\", Place.Line, Keys.Word),
        new("YAML, plain, nested", (key, value) => $"db:\r\n  {key}: {value}\r\n  port: 5432", Printable.Replace("#", "").Replace(":", "") + "'\"\\", Place.Line, Keys.Word),
        new("YAML, in quotes", (key, value) => $"user: bob\n{key}: {JsonSerializer.Serialize(value, Relaxed)}  # of bob\nport: 5432", Everything, Place.Line, Keys.Any, TakesAnyEnds: true),
        new("YAML, in apostrophes", (key, value) => $"db: {{ {key}: '{value.Replace("'", "''")}', port: 1 }}", Printable + "'\"", Place.Inline, Keys.Word, TakesAnyEnds: true),
        new("YAML, block", (key, value) => $"db:\n  {key}: |\n    {(value == "***" ? value : value + "\n    " + value)}\n  port: 5432", Printable + "'\"\\", Place.Line, Keys.Word),
        new("YAML, folded block", (key, value) => $"{key}: >-\r\n  {value}\r\nport: 5432", Printable + "'\"\\", Place.Line, Keys.Word),
        new("YAML, block with a tag", (key, value) => $"db:\n  {key}: !vault |\n    {(value == "***" ? value : value + "\n    " + value)}\n  port: 5432", Printable + "'\"\\", Place.Line, Keys.Word),
        new("YAML, on the next line", (key, value) => $"user: bob\n{key}:\n  {value}\nport: 5432", "!$%*+-./?@^_~", Place.Line, Keys.Word),
        new("YAML, list below", (key, value) => $"user: bob\r\n{key}:\r\n- {(value == "***" ? value : value + "\r\n- " + value)}\r\nport: 5432", "!$%*+-./?@^_~", Place.Line, Keys.Word),
        new("YAML, list of variables", (key, value) => $"env:\n  - name: {key}\n    value: \"{value}\"\n  - name: A\n    value: b", Printable, Place.Line, Keys.Word, TakesAnyEnds: true),
    ];

    private static IEnumerable<Notation> Lines() =>
    [
        new("INI", (key, value) => $"[db]\nuser = bob\n{key} = {value}\nport = 5432", Printable.Replace("#", "").Replace(";", "") + "'\"\\", Place.Line, Keys.Word),
        new(".env", (key, value) => $"DB_HOST=db\n{key}={value}\nDB_PORT=1", Printable.Replace("#", "").Replace(";", "") + "'\"\\", Place.Line, Keys.Word),
        new("shell, in apostrophes", (key, value) => $"export {key}='{value}'", Printable + "\"", Place.Inline, Keys.Identifier, TakesAnyEnds: true),
        new("shell, in quotes", (key, value) => $"{key}=\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\" ./run", Printable + "\"'\\", Place.Inline, Keys.Identifier, TakesAnyEnds: true),
        new("form with boundaries", (key, value) => $"--x\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n--x--", Printable + "\"'\\", Place.Line, Keys.Word),
        new("Markdown", (key, value) => $"**{key}:** {value}", Unquoted, Place.Inline, Keys.Any),
    ];

    private static IEnumerable<Notation> Code() =>
    [
        new("record", (key, value) => $"Options {{ User = bob, {key} = {value}, Port = 5432 }}", Printable.Replace(",", "").Replace("{", "").Replace("}", "").Replace("(", "").Replace(")", "").Replace("[", "").Replace("]", "").Replace(";", "") + "'\"\\", Keys: Keys.Identifier),
        new("record, last", (key, value) => $"Options {{ User = bob, {key} = {value} }}", Printable.Replace(",", "").Replace("{", "").Replace("}", "").Replace("(", "").Replace(")", "").Replace("[", "").Replace("]", "").Replace(";", "") + "'\"\\", Keys: Keys.Identifier),
        new("named arguments", (key, value) => $"Login(user: bob, {key}: {value}, port: 1)", Unquoted.Replace("(", "").Replace(")", "").Replace("{", "").Replace("}", "").Replace("[", "").Replace("]", "") + " ", Keys: Keys.Identifier),
        new("initializer", (key, value) => $"new Options {{ User = \"bob\", {key} = \"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\" }}", Printable + "'\"\\", Keys: Keys.Identifier, TakesAnyEnds: true),
        new("verbatim string", (key, value) => $"var {key} = @\"{value.Replace("\"", "\"\"")}\";", Printable + "'\"\"\\", Keys: Keys.Identifier, TakesAnyEnds: true),
        new("index", (key, value) => $"config[\"{key}\"] = \"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\";", Printable + "'\"\\", Keys: Keys.Word, TakesAnyEnds: true),
        new("entry", (key, value) => $"[{key}, {value}], [User, bob]", Unquoted.Replace("[", "").Replace("]", ""), Keys: Keys.Identifier),
        new("arguments", (key, value) => $"headers.Add(\"{key}\", \"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\");", Printable + "'\"\\", Keys: Keys.Word, TakesAnyEnds: true),
        new("arrow", (key, value) => $"user => bob, {key} => {value}", "!#$%*+-:?@^_|~", Keys: Keys.Identifier),
        new("arrow, in quotes", (key, value) => $":user => \"bob\", :{key} => \"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"", Printable + "'\"\\", Keys: Keys.Identifier, TakesAnyEnds: true),
        new("PHP", (key, value) => $"['user' => 'bob', '{key}' => '{value.Replace("\\", "\\\\").Replace("'", "\\'")}']", Printable + "'\"\\", Keys: Keys.Word, TakesAnyEnds: true),
        new("Go", (key, value) => $"{key} := \"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"", Printable + "'\"\\", Keys: Keys.Identifier, TakesAnyEnds: true),
        new("SQL", (key, value) => $"UPDATE users SET {key} = N'{value.Replace("'", "''")}' WHERE id = 1", Printable + "'\"", Keys: Keys.Identifier, TakesAnyEnds: true),
        new("SQL, of a user", (key, value) => $"CREATE USER bob WITH PASSWORD '{value.Replace("'", "''")}' LOGIN", Printable + "'\"", Keys: Keys.Own, TakesAnyEnds: true),
        new("MySQL, of a user", (key, value) => $"CREATE USER bob IDENTIFIED BY '{value.Replace("'", "''")}'", Printable + "'\"", Keys: Keys.Own, TakesAnyEnds: true),
        new("MySQL, of a user, in double quotes", (_, value) => $"CREATE USER bob IDENTIFIED BY \"{value.Replace("\"", "\"\"")}\"", Printable + "'", Keys: Keys.Own, TakesAnyEnds: true),
        new("MySQL, of a user, bare", (_, value) => $"ALTER USER bob IDENTIFIED BY {value} ACCOUNT UNLOCK", "!$*+-./:=?@^_|~", Keys: Keys.Own),
        new("MySQL, of a user, with a plug-in", (_, value) => $"CREATE USER 'bob'@'%' IDENTIFIED WITH caching_sha2_password BY '{value.Replace("'", "''")}'", Printable + "'\"", Keys: Keys.Own, TakesAnyEnds: true),
        new("MySQL, set", (_, value) => $"SET PASSWORD FOR 'bob'@'h' = '{value.Replace("'", "''")}'", Printable + "'\"", Keys: Keys.Own, TakesAnyEnds: true),
        new("PostgreSQL, escaped", (_, value) => $"ALTER ROLE bob PASSWORD E'{value.Replace("\\", "\\\\").Replace("'", "\\'")}' LOGIN", Printable + "'\"\\", Keys: Keys.Own, TakesAnyEnds: true),
        new("PostgreSQL, dollars", (_, value) => $"ALTER ROLE bob PASSWORD $${value}$$ LOGIN", "!#%*+-./:=?@^_|~ ", Keys: Keys.Own),
        new("SQL, variable", (key, value) => $"DECLARE @{key} nvarchar(50) = N'{value.Replace("'", "''")}'", Printable + "'\"", Keys: Keys.Identifier, TakesAnyEnds: true),
        new("SQL, list", (key, value) => $"SELECT id FROM users WHERE {key} IN ('{value.Replace("'", "''")}', '{value.Replace("'", "''")}') AND id = 1", Printable + "'\"", Keys: Keys.Identifier, TakesAnyEnds: true),
        .. Comparisons.Select(sign => new Notation($"SQL, {sign}", (key, value) => $"SELECT id FROM users WHERE u.{key} {sign} '{value.Replace("'", "''")}' AND id = 1", Printable + "'\"", Keys: Keys.Identifier, TakesAnyEnds: true)),
        new("SQL, insert", (key, value) => $"INSERT INTO users (name, {key}, age) VALUES ('bob, x', '{value.Replace("'", "''")}', 7), (N'ann', N'{value.Replace("'", "''")}', 8)", Printable + "'\"", Keys: Keys.Identifier, TakesAnyEnds: true),
        new("struct of Go", (key, value) => $"login of &{{Name:bob {key}:{value} Age:3}}", "!$*+-./?@^_|~ ", Keys: Keys.Identifier),
        new("header of .NET", (_, value) => $"request.Headers.Authorization = new AuthenticationHeaderValue(\"Custom\", \"{value}\");", "-._~+/=", Keys: Keys.Own),
        new("sentence with a quoted word", (_, value) => $"Invalid password \"{value}\" for bob", "!#$%*+-./:=?@^_|~", Keys: Keys.Own),
        .. Labels
            .Select(label => new Notation($"label {label}", (_, value) => $"{label}: {value}", "!$%*+-./?@^_~", Place.LineEnd, Keys.Own)),
        new("CSV with JSON", (key, value) => $"1,\"{{\"\"{key}\"\":\"\"{value}\"\",\"\"a\"\":1}}\",2", Printable, Keys: Keys.Word, TakesAnyEnds: true),
        new("sentence", (key, value) => $"connected with {key}={value}", Unquoted, Keys: Keys.Word),
        new("sentence with a colon", (key, value) => $"connected with {key}: {value}", Unquoted, Keys: Keys.Any),
        new("sentence in Russian quotes", (key, value) => $"вход не выполнен, {key}: «{value}»", Printable + "'\"\\", Keys: Keys.Word, TakesAnyEnds: true),
        new("sentence in brackets", (key, value) => $"login with {key}=[{value}]", Unquoted.Replace("[", "").Replace("]", "").Replace("{", "").Replace("}", ""), Keys: Keys.Word),
        new("sentence in angles", (key, value) => $"login with {key}=<{value}>", Unquoted, Keys: Keys.Word),
    ];

    private static IEnumerable<Notation> Urls() =>
    [
        new("query", (key, value) => $"https://example.com/p?a=1&{Uri.EscapeDataString(key)}={(value == "***" ? value : Uri.EscapeDataString(value))}&b=2#part", Everything, Keys: Keys.Word, TakesAnyEnds: true),
        new("query, last", (key, value) => $"GET /p?{Uri.EscapeDataString(key)}={(value == "***" ? value : Uri.EscapeDataString(value))}", Everything, Keys: Keys.Word),
        new("query, as it was typed", (key, value) => $"GET /p?{key}={value}&b=2", "!$*+-.:=?@^_|~,(){}[]/;", Keys: Keys.Word),
        new("fragment", (key, value) => $"https://example.com/p#{Uri.EscapeDataString(key)}={(value == "***" ? value : Uri.EscapeDataString(value))}&state=1", Everything, Keys: Keys.Word, TakesAnyEnds: true),
        new("form", (key, value) => $"grant_type=password&{Uri.EscapeDataString(key)}={(value == "***" ? value : Uri.EscapeDataString(value).Replace("%20", "+"))}&scope=all", Everything, Keys: Keys.Word, TakesAnyEnds: true),
        new("form of Rails", (key, value) => $"user%5B{key}%5D={(value == "***" ? value : Uri.EscapeDataString(value))}&b=2", Everything, Keys: Keys.Identifier, TakesAnyEnds: true),
        new("user info", (_, value) => value == "***" ? "amqps://***@mq.example.com:5671/vhost" : $"amqps://bob:{Uri.EscapeDataString(value)}@mq.example.com:5671/vhost", Everything, Keys: Keys.Own, TakesAnyEnds: true),
        new("user info, as it was typed", (_, value) => value == "***" ? "postgres://***@db/orders" : $"postgres://bob:p{value}@db/orders", "!$%&*+-./:=@^_|~", Keys: Keys.Own),
        new("Oracle", (_, value) => $"jdbc:oracle:thin:scott/{value}@//db:1521/orders", "!#$%&*+-.:=?^_|~", Keys: Keys.Own),
        new("MySQL of Go", (_, value) => $"bob:{value}@tcp(db:3306)/orders", "!#$%&*+-.:=?^_|~@/", Keys: Keys.Own),
    ];

    private static string[] ListNames => ["tokens", "secrets"];

    private static string[] ShortNames => ["jwt", "otp", "pin", "pw"];

    private static string[] ElementNames => ["pw", "pin", "otp", "jwt", "credentials"];

    private static string[] Comparisons => ["<>", "LIKE"];

    private static string[] Labels => ["Password (new)", "Password for bob", "Password of user bob", "Incorrect API key provided", "Пароль (новый)", "Пароль пользователя \"bob\"", "Пин-код", "Код доступа"];

    private static string[] TokenStarts => ["gsk_", "xai-", "r8_", "sbp_", "y0_"];

    private static string[] LongTokenStarts => ["t1.", "AQVN"];

    private static string[] ShortTokenStarts => ["pk_" + "live_", "xoxc-"];

    private static string[] Schemes => ["Bearer", "bearer", "Basic", "ApiKey", "Token", "Negotiate", "NTLM", "DPoP", "GNAP"];

    private static IEnumerable<Notation> Headers() =>
    [
        .. Schemes.Select(scheme =>
            new Notation($"Authorization: {scheme}", (_, value) => $"Authorization: {scheme} {value}", "-._~+/=", Keys: Keys.Own)),
        new("Authorization in JSON", (_, value) => $"{{\"Authorization\":\"Bearer {value}\",\"Accept\":\"*/*\"}}", "-._~+/=", Keys: Keys.Own),
        new("Authorization in an array", (_, value) => $"{{\"authorization\":[\"Bearer {value}\"]}}", "-._~+/=", Keys: Keys.Own),
        new("Authorization in braces", (_, value) => $"Authorization: Bearer {{{value}}}", "-._~+/=[]()!", Keys: Keys.Own),
        new("Authorization in brackets", (_, value) => $"Authorization: Bearer [{value}]", "-._~+/=()!", Keys: Keys.Own),
        new("Authorization without a scheme", (_, value) => $"Authorization: {value}", "-._~+/=", Keys: Keys.Own),
        new("Authorization of a scheme that nobody knows", (_, value) => $"Authorization: Custom {(value == "***" ? value : $"{value} {value}")}", "-._~+/=", Place.LineEnd, Keys.Own),
        new("Authorization, two", (_, value) => $"Authorization: Basic {(value == "***" ? value : $"{value}, Bearer {value}")}", "-._~+/=", Place.LineEnd, Keys.Own),
        new("Proxy-Authorization", (_, value) => $"Proxy-Authorization: Basic {value}", "-._~+/=", Keys: Keys.Own),
        new("variable of CGI", (_, value) => $"HTTP_AUTHORIZATION=Bearer {value}", "-._~+/=", Keys: Keys.Own),
        new("Digest", (_, value) => value == "***" ? "Authorization: Digest ***" : $"Authorization: Digest username=\"bob\", realm=\"r\", nonce=\"{value}\", response=\"{value}\"", Printable, Place.LineEnd, Keys.Own),
        new("AWS4", (_, value) => value == "***" ? "Authorization: AWS4-HMAC-SHA256 ***" : $"Authorization: AWS4-HMAC-SHA256 Credential={value}/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature={value}", "+/", Place.LineEnd, Keys.Own),
        new("Token with parameters", (_, value) => value == "***" ? "Authorization: Token ***" : $"Authorization: Token token=\"{value}\"", Printable, Place.LineEnd, Keys.Own),
        new("Cookie", (_, value) => value == "***" ? "Cookie: ***" : $"Cookie: session={value}; theme=dark", "!#$%&'*+-.^_`|~/:=?@", Place.LineEnd, Keys.Own),
        new("Set-Cookie", (_, value) => value == "***" ? "Set-Cookie: ***" : $"Set-Cookie: id={value}; Path=/; HttpOnly", "!#$%&'*+-.^_`|~/:=?@", Place.LineEnd, Keys.Own),
        new("header", (_, value) => $"X-Api-Key: {value}", Unquoted, Keys: Keys.Own),
        new("headers", (_, value) => $"Host: example.com\r\nX-Api-Key: {value}\r\nAccept: */*", Printable.Replace("#", ""), Place.Line, Keys.Own),
        new("header of curl", (_, value) => $"curl -H 'X-Api-Key: {value}' -H \"Accept: */*\" https://example.com/", Unquoted, Keys: Keys.Own),
    ];

    private static IEnumerable<Notation> CommandLines() =>
    [
        new("option", (key, value) => $"mysqldump --{key} {value} --user bob", Unquoted, Keys: Keys.Word),
        new("option with a sign", (key, value) => $"mysqldump --{key}={value} --user=bob", Unquoted, Keys: Keys.Word),
        new("option in quotes", (key, value) => $"mysqldump --{key} \"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\" --user bob", Printable + "'\"\\", Keys: Keys.Word, TakesAnyEnds: true),
        new("option in apostrophes", (key, value) => $"mysqldump --{key} '{value}' orders", Printable + "\"", Keys: Keys.Word, TakesAnyEnds: true),
        new("PowerShell", (key, value) => $"Connect-Db -Name orders -{key} '{value.Replace("'", "''")}' -Verbose", Printable + "'\"", Keys: Keys.Identifier, TakesAnyEnds: true),
        new("option with a section", (key, value) => $"app --Db:{key} {value} --urls http://localhost", Unquoted, Keys: Keys.Identifier),
        new("option with a hyphen in its value", (key, value) => $"mysqldump --{key} {(value == "***" ? value : "-" + value)} --user bob", "!$*+./?@^_|~", Keys: Keys.Word),
        new("option of keytool", (_, value) => $"keytool -list -storepass {value} -v", Unquoted, Keys: Keys.Own),
        new("apostrophe of a shell", (key, value) => $"mysqldump --{key} '{value.Replace("'", "'\\''")}' orders", Printable.Replace(";", "") + "'", Keys: Keys.Word),
        new("curl", (_, value) => $"curl -s -u bob:{value} https://example.com/", "!#$%*+-.:=?@^_|~", Keys: Keys.Own),
        new("sqlcmd", (_, value) => $"sqlcmd -S db -U sa -P \"{value}\" -Q x", "!#$%*+-.:=?@^_|~ ", Keys: Keys.Own),
        new("set of Windows", (_, value) => $"set DB_PASSWORD={(value == "***" ? value : $"hun {value}")}", "!$*+-.?@^_~", Place.LineEnd, Keys.Own),
        new("Windows, with a space", (_, value) => $"app /user bob /password {value} /y", "!$*+-.?@^_~", Keys: Keys.Own),
        new("Windows", (key, value) => $"net use /user:bob /{key}:{value} /y", Unquoted, Keys: Keys.Identifier),
    ];

    private static IEnumerable<Notation> Tokens() =>
    [
        Token("GitHub", value => $"ghp_{value}{value}"),
        Token("OpenAI", value => $"sk-proj-{value}{value}"),
        Token("Slack", value => $"xoxb-1-{value}"),
        .. TokenStarts.Select(start => Token(start, value => $"{start}{value}{value}{value}")),
        .. LongTokenStarts.Select(start => Token(start, value => $"{start}{value}{value}{value}{value}{value}")),
        .. ShortTokenStarts.Select(start => Token(start, value => $"{start}{value}")),
        Token("JWT", value => $"eyJhbGciOiJIUzI1NiJ9.{value}{value}.{value}"),
        Token("Google", value => $"ya29.{value}{value}"),
        Token("webhook", value => $"https://hooks.slack.com/services/{value}/{value}", "https://hooks.slack.com/services/***"),
        Token("private key", value => $"-----BEGIN PRIVATE KEY-----\n{value}\n{value}\n-----END PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----***-----END PRIVATE KEY-----"),
        Token("bearer", value => $"Bearer {value}", "Bearer ***"),
    ];

    private static Notation Token(string name, Func<string, string> write, string clean = "***") => new($"token, {name}", (_, value) => value == "***" ? clean : write(value), "", Keys: Keys.Own);

    private static string Escape(string value) => SecurityElement.Escape(value)!;
}
