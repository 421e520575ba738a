using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Mcp.Monitoring.StatusPage.Assets;

/// <summary>HTML with places for texts: <c>{{name}}</c>.</summary>
internal static partial class PageTemplate
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Fills the places whose values are given, encoded for HTML and for attributes in quotes.</summary>
    /// <param name="html">The HTML.</param>
    /// <param name="values">The values by the names of their places.</param>
    /// <param name="isLast">Whether other places become empty; otherwise they stay for the next time.</param>
    public static string Fill(string html, IReadOnlyDictionary<string, string> values, bool isLast = false) =>
        Place().Replace(html, place => values.TryGetValue(place.Groups["name"].Value, out string? value) ? Encoder.Encode(value) : isLast ? "" : place.Value);

    [GeneratedRegex(@"\{\{(?<name>[a-z0-9_.]+)\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
