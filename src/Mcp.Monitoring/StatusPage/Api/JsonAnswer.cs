using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mcp.Monitoring.StatusPage.Assets;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.StatusPage.Api;

/// <summary>Answers of the API.</summary>
internal static class JsonAnswer
{
    private const string Json = "application/json; charset=utf-8";

    public static Task SendAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        SendAsync(http, JsonSerializer.SerializeToUtf8Bytes(value, type), Json, status);

    /// <summary>Says what is wrong and what to do.</summary>
    public static Task RefuseAsync(HttpContext http, int status, string words) => SendAsync(http, new ErrorAnswer(words), ApiJson.Default.ErrorAnswer, status);

    public static async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> body, string type = Json, int status = StatusCodes.Status200OK)
    {
        HttpResponse response = http.Response;
        response.StatusCode = status;
        response.ContentType = type;
        response.ContentLength = body.Length;
        PageHeaders.SetData(response.Headers);
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
        }
    }
}
