using Mcp.Monitoring;

namespace OneCServer.OneC;

internal static class StandInEndpoints
{
    private const string Orders = "Document_Order(guid'", End = "')";

    /// <summary>Puts the stand-in below <c>/1c</c>.</summary>
    public static void MapStandIn(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder infobase = app.MapGroup("/1c").WithMetadata(new MonitorHttpRequestAttribute { Ignore = true });
        infobase.MapGet("/hs/monitoring/ping", static (HttpContext http, OneCStandIn standIn) => standIn.AnswerAsync(http, static () => Results.Json(new { ok = true })));
        infobase.MapGet("/hs/monitoring/sessions", static (HttpContext http, OneCStandIn standIn) => standIn.AnswerAsync(http, static () => Results.Json(new
        {
            sessions = new[] { new { state = "active", count = 3 }, new { state = "sleeping", count = 7 }, new { state = "background", count = 1 } },
        })));
        infobase.MapGet("/odata/standard.odata/{entity}", static (HttpContext http, OneCStandIn standIn, string entity) => standIn.AnswerAsync(http, () => Order(http, entity)));
    }

    // It has three orders.
    private static IResult Order(HttpContext http, string entity)
    {
        if (!entity.StartsWith(Orders, StringComparison.Ordinal) || !entity.EndsWith(End, StringComparison.Ordinal) || !Guid.TryParse(entity[Orders.Length..^End.Length], out Guid id))
        {
            return OneCErrors.OData(http, StatusCodes.Status404NotFound, "8", $"Тип сущности \"{entity}\" не найден");
        }

        return id.ToString("D")[^1] is var last && last is '1' or '2' or '3'
            ? Results.Json(new { Ref_Key = id, Number = $"0000-00000{last}", Customer = "ООО Ромашка", Sum = 1250.50m })
            : OneCErrors.OData(http, StatusCodes.Status404NotFound, "9", $"Экземпляр сущности \"Document_Order\" с ключом {id} не найден");
    }
}
