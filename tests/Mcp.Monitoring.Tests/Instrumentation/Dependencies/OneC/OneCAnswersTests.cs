using System.Net;
using System.Text;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tests.Instrumentation.Dependencies.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.OneC;

/// <summary>What 1C answers when it does not serve a request, in the forms in which its web server extension, OData and the platform write it.</summary>
public sealed class OneCAnswersTests : IDisposable
{
    private readonly RecordedLogs _logs = new();
    private readonly TestHost _host;
    private Func<HttpResponseMessage> _answer = static () => new HttpResponseMessage();
    private Exception? _failure;

    public OneCAnswersTests() => _host = new TestHost(add: services =>
    {
        services.AddLogging(logging => logging.AddProvider(_logs));
        Client(services, "1c", isOneC: true);
        Client(services, "crm", isOneC: false);
    });

    public static TheoryData<int, string, string, string> Answers => new()
    {
        { 500, "text/plain", "Не найдена лицензия. Не обнаружен ключ защиты программы или полученная программная лицензия!", "integration no free licence for another session" },
        { 500, "application/json", Exception("Ошибка при выполнении запроса GET к ресурсу /odata/standard.odata/:", "На сервере 1С:Предприятия не найдена лицензия."), "integration no free licence for another session" },
        { 500, "text/html", "<html><body>Не обнаружено свободной лицензии!</body></html>", "integration no free licence for another session" },
        { 503, "text/plain", "There are no free licenses!", "integration no free licence for another session" },
        { 403, "application/json", Exception("HTTP: Forbidden", "Начало сеанса с информационной базой запрещено.\\nВедутся технические работы"), "integration the infobase is locked, no session may be started" },
        { 401, "text/plain", "Идентификация пользователя не выполнена", "auth the user or its password is not accepted" },
        { 401, "text/html", "", "auth the user or its password is not accepted" },
        { 401, "application/json", OData("20", "Доступ запрещен"), "auth the user lacks a right for this" },
        { 500, "application/json", OData("-1", "Нарушение прав доступа!"), "auth the user lacks a right for this" },
        { 403, "text/html", "<html>Forbidden</html>", "auth the request is refused" },
        { 500, "application/atom+xml", ODataXml("-1", "Конфликт блокировок при выполнении транзакции"), "timeout a lock of data was not granted in time" },
        { 500, "application/json", OData("-1", "Превышено максимальное время ожидания предоставления блокировки"), "timeout a lock of data was not granted in time" },
        { 504, "text/html", "<html>Gateway Timeout</html>", "timeout the web server got no answer in time" },
        { 500, "text/plain", "Информационная база не обнаружена!", "integration the server of 1C has no such infobase" },
        { 500, "text/plain", "Сервер 1С:Предприятия не обнаружен", "integration the web server does not reach the server of 1C" },
        { 500, "text/plain", "Сеанс работы завершен администратором.", "integration the session was ended by an administrator" },
        { 502, "text/html", "<html>Bad Gateway</html>", "integration the web server says that 1C is not available" },
        { 429, "text/plain", "", "integration too many requests" },
        { 500, "application/json", OData("-1", "Произошла внутренняя ошибка OData сервиса."), "integration an error of its own, OData code -1" },
        { 500, "application/atom+xml", ODataXml("6", "Метод не найден"), "integration an error of its own, OData code 6" },
        { 500, "application/json", OData("123456", "?"), "integration an error of its own, status 500" },
        { 500, "text/html", "<html><title>1C:Enterprise 8 application error</title></html>", "integration an error of its own, status 500" },
        { 400, "application/json", OData("9", "Начало сеанса с информационной базой запрещено"), "" },
        { 404, "application/json", OData("9", "Экземпляр сущности не найден"), "" },
        { 200, "text/plain", "Не найдена лицензия", "" },
    };

    private IEnumerable<string> Said => _logs.Of("OneCFails").Select(entry => entry.Message.Replace(". The same within a minute is not logged again.", "", StringComparison.Ordinal));

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_is_classified_and_named_by_what_it_says(int status, string type, string body, string expected)
    {
        _answer = () => Answer(status, Encoding.UTF8.GetBytes(body), type);

        Exception? thrown = await Record.ExceptionAsync(() => CallAsync("1c"));

        if (expected.Length == 0)
        {
            Assert.Empty(Said);
            Assert.Equal(1, _host.Sum("mcp_integration_call_duration_seconds_count", ("dependency", "1c"), ("outcome", "success")));
            return;
        }

        (string errorType, string words) = (expected[..expected.IndexOf(' ', StringComparison.Ordinal)], expected[(expected.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        Assert.Equal($"Response status code does not indicate success: {status} (1c: {words}).", Assert.IsType<HttpRequestException>(thrown).Message);
        Assert.Equal([$"1c: {words}"], Said);
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", errorType), ("operation", "get_order"), ("dependency", "1c")));
        Assert.Equal(1, _host.Sum("mcp_integration_call_duration_seconds_count", ("dependency", "1c"), ("outcome", errorType == "timeout" ? "timeout" : "error")));
        Assert.Equal(1, _host.Sum("mcp_errors_total"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(16 * 1024)]
    [InlineData(100_000)]
    public async Task Body_can_be_read_as_if_nobody_had(int length)
    {
        byte[] body = [.. Enumerable.Range(0, length).Select(static i => (byte)('a' + (i % 26)))];
        using HttpClient client = Create("1c");

        foreach (bool isSync in (bool[])[false, true])
        {
            _answer = () => Answer(500, body, "text/plain");
            using var request = new HttpRequestMessage(HttpMethod.Get, "orders/7");
            using HttpResponseMessage response = isSync
                ? client.Send(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken)
                : await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

            Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal("1c: an error of its own, status 500", response.ReasonPhrase);
            using var read = new MemoryStream();
            if (isSync)
            {
                response.Content.CopyTo(read, context: null, TestContext.Current.CancellationToken);
            }
            else
            {
                await response.Content.CopyToAsync(read, TestContext.Current.CancellationToken);
            }

            Assert.Equal(body, read.ToArray());
        }
    }

    [Fact]
    public async Task Only_the_beginning_is_looked_at()
    {
        _answer = () => Answer(500, Encoding.UTF8.GetBytes(new string(' ', 16 * 1024) + "Не найдена лицензия"), "text/plain");

        using HttpResponseMessage response = await Create("1c").GetAsync("orders/7", TestContext.Current.CancellationToken);

        Assert.Equal("1c: an error of its own, status 500", response.ReasonPhrase);
    }

    [Fact]
    public async Task Body_that_breaks_off_leaves_the_status()
    {
        _answer = static () => new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StreamContent(new BrokenStream()) };

        using HttpResponseMessage response = await Create("1c").GetAsync("orders/7", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        Assert.Equal("1c: the request is refused", response.ReasonPhrase);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_no_answer_is_named_as_well()
    {
        foreach (Exception failure in (Exception[])
        [
            new HttpRequestException(HttpRequestError.ConnectionError, "refused"),
            new HttpRequestException(HttpRequestError.ResponseEnded, "ended"),
            new TimeoutException(),
            new Polly.CircuitBreaker.BrokenCircuitException(),
        ])
        {
            _failure = failure;
            await Record.ExceptionAsync(() => CallAsync("1c"));
        }

        Assert.Equal(["1c: it cannot be reached", "1c: the connection broke off", "1c: no answer in time"], Said);
    }

    [Fact]
    public async Task Each_reason_is_logged_once_a_minute()
    {
        foreach (string body in (string[])["Не найдена лицензия", "Начало сеанса с информационной базой запрещено", "Не найдена лицензия", "Начало сеанса с информационной базой запрещено"])
        {
            _answer = () => Answer(500, Encoding.UTF8.GetBytes(body), "text/plain");
            await Record.ExceptionAsync(() => CallAsync("1c"));
        }

        Assert.Equal(2, Said.Count());

        _host.Clock.Advance(TimeSpan.FromSeconds(59));
        await Record.ExceptionAsync(() => CallAsync("1c"));
        Assert.Equal(2, Said.Count());

        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Record.ExceptionAsync(() => CallAsync("1c"));
        Assert.Equal(3, Said.Count());
    }

    [Fact]
    public async Task Other_clients_are_left_alone()
    {
        _answer = () => Answer(500, Encoding.UTF8.GetBytes("Не найдена лицензия"), "text/plain");

        using HttpResponseMessage response = await Create("crm").GetAsync("orders/7", TestContext.Current.CancellationToken);

        Assert.Equal("Internal Server Error", response.ReasonPhrase);
        Assert.IsType<ByteArrayContent>(response.Content);
        Assert.Empty(Said);
    }

    private static HttpResponseMessage Answer(int status, byte[] body, string type) =>
        new((HttpStatusCode)status) { Content = new ByteArrayContent(body) { Headers = { ContentType = new(type) } } };

    private static string OData(string code, string message) => """{"odata.error":{"code":"CODE","message":{"lang":"ru","value":"MESSAGE"}}}""".Replace("CODE", code, StringComparison.Ordinal).Replace("MESSAGE", message, StringComparison.Ordinal);

    private static string ODataXml(string code, string message) =>
        $"""<?xml version="1.0" encoding="utf-8"?><m:error xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><m:code>{code}</m:code><m:message xml:lang="ru">{message}</m:message></m:error>""";

    private static string Exception(string outer, string inner) =>
        "\uFEFF" + """{"#exception":"{http://v8.1c.ru/8.2/virtual-resource-system}Exception","exception":{"reason":403,"descr":"OUTER","inner":{"descr":"INNER"}}}"""
            .Replace("OUTER", outer, StringComparison.Ordinal).Replace("INNER", inner, StringComparison.Ordinal);

    private void Client(IServiceCollection services, string name, bool isOneC) =>
        services.AddHttpClient(name, client => client.BaseAddress = new Uri("http://1c/"))
            .ConfigurePrimaryHttpMessageHandler(() => new ScriptedHandler((_, _) => _failure is null ? Task.FromResult(_answer()) : Task.FromException<HttpResponseMessage>(_failure)))
            .AddMcpMonitoring(name, options => options.IsOneC = isOneC);

    private HttpClient Create(string client) => _host.Services.GetRequiredService<IHttpClientFactory>().CreateClient(client);

    private Task CallAsync(string client) => _host.Monitor.RunAsync(OperationType.Tools, "get_order", async token =>
    {
        using HttpResponseMessage response = await Create(client).GetAsync("orders/7", token);
        if (response.StatusCode >= HttpStatusCode.InternalServerError || response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests)
        {
            response.EnsureSuccessStatusCode();
        }
    }, CancellationToken.None).AsTask();

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("It broke off.");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("It broke off.");

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("It broke off.");
    }
}
