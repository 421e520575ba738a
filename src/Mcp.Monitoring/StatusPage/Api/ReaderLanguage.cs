using Mcp.Monitoring.Alerting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mcp.Monitoring.StatusPage.Api;

/// <summary>The language that the reader's browser asks for.</summary>
internal static class ReaderLanguage
{
    private const int MostLanguages = 20;

    /// <summary>Returns Russian where it is asked for before English, else English.</summary>
    public static AlertLanguage Of(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out IList<StringWithQualityHeaderValue>? asked))
        {
            return AlertLanguage.En;
        }

        foreach (StringWithQualityHeaderValue language in asked.Take(MostLanguages).Where(language => language.Quality != 0).OrderByDescending(language => language.Quality ?? 1))
        {
            if (Is(language, "ru"))
            {
                return AlertLanguage.Ru;
            }

            if (Is(language, "en"))
            {
                return AlertLanguage.En;
            }
        }

        return AlertLanguage.En;
    }

    private static bool Is(StringWithQualityHeaderValue language, string code) =>
        language.Value.Equals(code, StringComparison.OrdinalIgnoreCase) || language.Value.StartsWith(code + "-", StringComparison.OrdinalIgnoreCase);
}
