using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Instrumentation.Dependencies.OneC;

/// <summary>Why 1C did not serve a request.</summary>
/// <param name="Type">Which kind of error it is.</param>
/// <param name="Words">The reason, to follow the name of the dependency; one of a bounded list.</param>
internal sealed partial record OneCFault(ErrorType Type, string Words)
{
    private const int LongestCode = 4;

    private static readonly OneCFault NoLicence = new(ErrorType.Integration, "no free licence for another session");
    private static readonly OneCFault Locked = new(ErrorType.Integration, "the infobase is locked, no session may be started");
    private static readonly OneCFault UnknownUser = new(ErrorType.Auth, "the user or its password is not accepted");
    private static readonly OneCFault NoRight = new(ErrorType.Auth, "the user lacks a right for this");
    private static readonly OneCFault Refused = new(ErrorType.Auth, "the request is refused");
    private static readonly OneCFault DataLocked = new(ErrorType.Timeout, "a lock of data was not granted in time");
    private static readonly OneCFault Late = new(ErrorType.Timeout, "the web server got no answer in time");
    private static readonly OneCFault NoInfobase = new(ErrorType.Integration, "the server of 1C has no such infobase");
    private static readonly OneCFault NoServer = new(ErrorType.Integration, "the web server does not reach the server of 1C");
    private static readonly OneCFault Ended = new(ErrorType.Integration, "the session was ended by an administrator");
    private static readonly OneCFault TooMany = new(ErrorType.Integration, "too many requests");
    private static readonly OneCFault Unavailable = new(ErrorType.Integration, "the web server says that 1C is not available");

    // The status alone says little: a locked infobase is 403, a missing right 401 or 500. The first that is found counts.
    private static readonly (string Said, OneCFault Fault)[] Known =
    [
        ("Не найдена лицензия", NoLicence),
        ("Не обнаружено свободной лицензии", NoLicence),
        ("There are no free licenses", NoLicence),
        ("License not found", NoLicence),
        ("Начало сеанса с информационной базой запрещено", Locked),
        ("Идентификация пользователя не выполнена", UnknownUser),
        ("Неправильное имя или пароль", UnknownUser),
        ("Нарушение прав доступа", NoRight),
        ("Доступ запрещен", NoRight),
        ("Недостаточно прав", NoRight),
        ("время ожидания предоставления блокировки", DataLocked),
        ("Конфликт блокировок", DataLocked),
        ("Информационная база не обнаружена", NoInfobase),
        ("Сервер 1С:Предприятия не обнаружен", NoServer),
        ("Ошибка соединения с сервером 1С:Предприятия", NoServer),
        ("Сеанс работы завершен администратором", Ended),
        ("Сеанс отсутствует или удален", Ended),
    ];

    /// <summary>Tells whether an answer with this status is one whose body says more. What is left says that the request was not right, or that there is no such thing.</summary>
    public static bool IsFailure(HttpStatusCode status) =>
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            or >= HttpStatusCode.InternalServerError;

    /// <summary>Reads what an answer says, as far as it is there: plain text, HTML, or JSON and XML of OData and of the platform.</summary>
    public static OneCFault Of(HttpStatusCode status, string body)
    {
        foreach ((string said, OneCFault fault) in Known)
        {
            if (body.Contains(said, StringComparison.OrdinalIgnoreCase))
            {
                return fault;
            }
        }

        return status switch
        {
            HttpStatusCode.Unauthorized => UnknownUser,
            HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired => Refused,
            HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => Late,
            HttpStatusCode.TooManyRequests => TooMany,
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable => Unavailable,
            _ => new OneCFault(ErrorType.Integration, CodeIn(body) is { } code ? $"an error of its own, OData code {code}" : $"an error of its own, status {((int)status).ToString(CultureInfo.InvariantCulture)}"),
        };
    }

    private static string? CodeIn(string body) => Code().Match(body) is { Success: true } match && match.Groups["code"] is { Length: <= LongestCode } code ? code.Value : null;

    // {"odata.error":{"code":"-1", … and <m:error …><m:code>-1</m:code>.
    [GeneratedRegex("""(?:"odata\.error"\s*:\s*\{\s*"code"\s*:\s*"|<m:code>\s*)(?<code>-?[0-9]+)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
