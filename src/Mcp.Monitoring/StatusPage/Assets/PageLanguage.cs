using Mcp.Monitoring.Alerting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mcp.Monitoring.StatusPage.Assets;

/// <summary>The language of a reader, by <c>Accept-Language</c> (RFC 9110, section 12.5.4).</summary>
internal static class PageLanguage
{
    /// <summary>Finds the language that is wanted most of those there are; of equal wishes the one named first, English for whoever wants neither.</summary>
    public static AlertLanguage Of(HttpRequest request)
    {
        AlertLanguage chosen = AlertLanguage.En;
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out IList<StringWithQualityHeaderValue>? accepted))
        {
            return chosen;
        }

        double best = 0;
        foreach (StringWithQualityHeaderValue wish in accepted)
        {
            double quality = wish.Quality ?? 1;
            foreach (AlertLanguage language in Enum.GetValues<AlertLanguage>())
            {
                if (quality > best && Means(wish.Value.AsSpan(), Tag(language)))
                {
                    best = quality;
                    chosen = language;
                }
            }
        }

        return chosen;
    }

    /// <summary>Gets the tag of a language, such as <c>en</c>.</summary>
    public static string Tag(AlertLanguage language) => language switch
    {
        AlertLanguage.Ru => "ru",
        _ => "en",
    };

    // "ru" and "ru-RU", but not "run".
    private static bool Means(ReadOnlySpan<char> wish, string tag) =>
        wish.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && (wish.Length == tag.Length || wish[tag.Length] == '-');
}
