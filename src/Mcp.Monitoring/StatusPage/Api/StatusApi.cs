using System.Text;
using Mcp.Monitoring.StatusPage.Access;
using Mcp.Monitoring.StatusPage.Views;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.StatusPage.Api;

/// <summary>Answers with what the page shows.</summary>
internal sealed class StatusApi(IStatusViews views, StatusAnswers answers, PageAccess access)
{
    public const string TypeValue = "type", NameValue = "name";

    private const string PlainText = "text/plain; charset=utf-8";

    public Task StatusAsync(HttpContext http) => AnswerAsync(http, async () =>
        await JsonAnswer.SendAsync(http, (await answers.StatusAsync(ReaderLanguage.Of(http.Request), http.RequestAborted).ConfigureAwait(false)).Json).ConfigureAwait(false));

    public Task ChartsAsync(HttpContext http) => AnswerAsync(http, async () =>
        await JsonAnswer.SendAsync(http, (await answers.ChartsAsync(http.RequestAborted).ConfigureAwait(false)).Json).ConfigureAwait(false));

    public Task RulesAsync(HttpContext http) => AnswerAsync(http, async () =>
        await JsonAnswer.SendAsync(http, await views.RulesAsync(http.RequestAborted).ConfigureAwait(false), StatusJson.Default.IReadOnlyListRuleView).ConfigureAwait(false));

    public Task OperationAsync(HttpContext http) => AnswerAsync(http, async () =>
    {
        // Of a name with slashes routing leaves these as they were sent.
        string type = (string)http.Request.RouteValues[TypeValue]!, name = Uri.UnescapeDataString((string)http.Request.RouteValues[NameValue]!);
        OperationDetail? detail = await views.OperationAsync(type, name, http.RequestAborted).ConfigureAwait(false);
        await (detail is null
            ? JsonAnswer.RefuseAsync(http, StatusCodes.Status404NotFound, "There is no such operation. Those that exist are in operations of /monitoring/api/v1/status.")
            : JsonAnswer.SendAsync(http, detail, StatusJson.Default.OperationDetail)).ConfigureAwait(false);
    });

    public Task SettingsAsync(HttpContext http) => JsonAnswer.SendAsync(http, Encoding.UTF8.GetBytes(views.Settings), PlainText);

    public Task SessionAsync(HttpContext http) => JsonAnswer.SendAsync(http, access.SessionOf(http, PageCaller.Of(http)), AccessJson.Default.PageSession);

    private static async Task AnswerAsync(HttpContext http, Func<Task> answer)
    {
        try
        {
            await answer().ConfigureAwait(false);
        }
        catch (TimeoutException) when (!http.Response.HasStarted)
        {
            await JsonAnswer.RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "The evaluation of alerts has not answered within 5 seconds. /health says how it is; the log says what fails.").ConfigureAwait(false);
        }
    }
}
