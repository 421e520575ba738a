using System.Text.Json;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.StatusPage.Assets;

/// <summary>The words of the page in one language, from <c>texts.en.json</c> or <c>texts.ru.json</c>.</summary>
internal sealed class PageTexts
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private PageTexts(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (JsonProperty text in document.RootElement.EnumerateObject())
        {
            _texts.Add(text.Name, text.Value.GetString()!);
        }

        // JSON is an expression of JavaScript.
        Script = [.. "'use strict';\nconst texts = "u8, .. json];
    }

    /// <summary>Gets the texts by their keys.</summary>
    public IReadOnlyDictionary<string, string> All => _texts;

    /// <summary>Gets the script that gives the texts to the others.</summary>
    public byte[] Script { get; }

    private static readonly Lazy<PageTexts>[] Known =
        [.. Enum.GetValues<AlertLanguage>().Select(language => new Lazy<PageTexts>(() => new PageTexts(PageFiles.Read($"texts.{language.ToString().ToLowerInvariant()}.json"))))];

    public static PageTexts Of(AlertLanguage language) => Known[(int)language].Value;
}
