namespace OneCServer.OneC;

/// <summary>Plays an infobase in this process, so that the sample needs none: OData, an HTTP service that tells its sessions, and its failures with the words of 1C.</summary>
internal sealed class OneCStandIn
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(5);

    private volatile int _fault;

    public OneCFault Fault
    {
        get => (OneCFault)_fault;
        set => _fault = (int)value;
    }

    /// <summary>Answers as 1C would at the moment.</summary>
    public async Task<IResult> AnswerAsync(HttpContext http, object answer)
    {
        switch (Fault)
        {
            case OneCFault.NoLicence:
                return Results.Text("Не найдена лицензия. Не обнаружен ключ защиты программы или полученная программная лицензия!", "text/plain; charset=utf-8", statusCode: 500);
            case OneCFault.Locked:
                return Results.Text("Начало сеанса с информационной базой запрещено. Идёт обновление конфигурации.", "text/plain; charset=utf-8", statusCode: 500);
            case OneCFault.Unauthorized:
                return Results.Text("Идентификация пользователя не выполнена", "text/plain; charset=utf-8", statusCode: 401);
            case OneCFault.Slow:
                await Task.Delay(Slowness, http.RequestAborted);
                return Results.Json(answer);
            case OneCFault.BreaksOff:
                http.Abort();
                return Results.Empty;
            default:
                return Results.Json(answer);
        }
    }
}

internal static class StandInEndpoints
{
    /// <summary>Puts the stand-in below <c>/1c</c>.</summary>
    public static void MapStandIn(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder infobase = app.MapGroup("/1c");
        infobase.MapGet("/hs/ping", (HttpContext http, OneCStandIn standIn) => standIn.AnswerAsync(http, new { ok = true }));
        infobase.MapGet("/hs/monitoring/sessions", (HttpContext http, OneCStandIn standIn) => standIn.AnswerAsync(http, new
        {
            sessions = new[] { new { state = "active", count = 3 }, new { state = "sleeping", count = 7 }, new { state = "background", count = 1 } },
        }));
        infobase.MapGet("/odata/standard.odata/Document_Order/{number}", (HttpContext http, OneCStandIn standIn, string number) =>
            number.StartsWith("9", StringComparison.Ordinal)
                ? Task.FromResult(Results.Json(NotFound(number), statusCode: 404))
                : standIn.AnswerAsync(http, new { Number = number, Customer = "ООО Ромашка", Sum = 1250.50m }));
    }

    private static object NotFound(string number) => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["odata.error"] = new { code = "9", message = new { lang = "ru", value = $"Экземпляр сущности \"Document_Order\" с номером {number} не найден" } },
    };
}
