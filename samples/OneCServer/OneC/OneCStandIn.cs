using System.Text;

namespace OneCServer.OneC;

/// <summary>Plays an infobase in this process, so that the sample needs none: OData, an HTTP service that tells its sessions, and failures with the words and in the forms of 1C.</summary>
internal sealed class OneCStandIn
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private volatile int _fault;

    public OneCFault Fault
    {
        get => (OneCFault)_fault;
        set => _fault = (int)value;
    }

    /// <summary>Answers as 1C would at the moment.</summary>
    /// <param name="http">The request.</param>
    /// <param name="answer">What it answers when all is well.</param>
    public async Task<IResult> AnswerAsync(HttpContext http, Func<IResult> answer)
    {
        switch (Fault)
        {
            case OneCFault.NoLicence:
                return OneCErrors.Platform(http, StatusCodes.Status500InternalServerError, "На сервере 1С:Предприятия не найдена лицензия. Не обнаружен ключ защиты программы или полученная программная лицензия!");
            case OneCFault.Locked:
                return OneCErrors.Platform(http, StatusCodes.Status403Forbidden, "Начало сеанса с информационной базой запрещено.\nВедутся технические работы");
            case OneCFault.WrongPassword:
                http.Response.Headers.WWWAuthenticate = "Basic realm=\"1C:Enterprise 8.3\"";
                return Results.Text("Идентификация пользователя не выполнена", "text/plain", Encoding.UTF8, StatusCodes.Status401Unauthorized);
            case OneCFault.NoRight:
                return OneCErrors.OData(http, StatusCodes.Status401Unauthorized, "20", "Нарушение прав доступа!");
            case OneCFault.DataLocked:
                return OneCErrors.OData(
                    http, StatusCodes.Status500InternalServerError, "-1", "Конфликт блокировок при выполнении транзакции: Превышено максимальное время ожидания предоставления блокировки");
            case OneCFault.InternalError:
                return OneCErrors.OData(http, StatusCodes.Status500InternalServerError, "-1", "Произошла внутренняя ошибка OData сервиса.");
            case OneCFault.Hangs:
                await Task.Delay(Hang, http.RequestAborted);
                return answer();
            case OneCFault.BreaksOff:
                http.Abort();
                return Results.Empty;
            default:
                return answer();
        }
    }
}
