using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace OneCServer.OneC;

/// <summary>The forms in which 1C writes errors.</summary>
internal static class OneCErrors
{
    // 1C writes it as it is.
    private static readonly JsonSerializerOptions Cyrillic = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An error of the platform: what the web server extension says, and below it what the server of 1C has said.</summary>
    public static IResult Platform(HttpContext http, int status, string message) => Json(
        new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["#exception"] = "{http://v8.1c.ru/8.2/virtual-resource-system}Exception",
            ["exception"] = new { reason = status, descr = $"Ошибка при выполнении запроса {http.Request.Method} к ресурсу {http.Request.Path}:", inner = new { descr = message } },
        },
        status);

    /// <summary>An error of OData, in JSON for who asks for it and in XML otherwise.</summary>
    public static IResult OData(HttpContext http, int status, string code, string message)
    {
        bool wantsJson = http.Request.Query["$format"].ToString().Contains("json", StringComparison.OrdinalIgnoreCase)
            || http.Request.Headers[HeaderNames.Accept].ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase);
        return wantsJson
            ? Json(new Dictionary<string, object>(StringComparer.Ordinal) { ["odata.error"] = new { code, message = new { lang = "ru", value = message } } }, status)
            : Results.Text(
                $"""<?xml version="1.0" encoding="UTF-8"?><m:error xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><m:code>{code}</m:code><m:message xml:lang="ru">{SecurityElement.Escape(message)}</m:message></m:error>""",
                "application/xml", Encoding.UTF8, status);
    }

    private static IResult Json(object value, int status) => Results.Json(value, Cyrillic, "application/json; charset=utf-8", status);
}
