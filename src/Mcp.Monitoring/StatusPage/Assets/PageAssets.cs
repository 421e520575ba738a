using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.StatusPage.Assets;

/// <summary>The page, its forms and the files they name, read once from the assembly. The name of a file has a hash of its content, so that a browser may keep it for ever.</summary>
internal sealed partial class PageAssets
{
    private const string Html = "text/html; charset=utf-8", Texts = "texts.js";
    private const int HashBytes = 4;

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    /// <summary>What the forms name; there is nothing secret in the others either, but nobody who may not see the page needs them.</summary>
    private static readonly string[] Public = ["page.css", "favicon.svg"];

    private static readonly string[] Scripts = ["dom.js", "charts.js", "actions.js", "incidents.js", "operations.js", "parts.js", "page.js"];

    private readonly Dictionary<string, PageAsset> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<AlertLanguage, PageAsset> _pages = [];
    private readonly Dictionary<(PageForm Form, AlertLanguage Language), string> _forms = [];

    public PageAssets()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in (IEnumerable<string>)[.. Public, .. Scripts])
        {
            names.Add(file, Add(file, PageFiles.Read(file), Public.Contains(file, StringComparer.Ordinal)));
        }

        foreach (AlertLanguage language in Enum.GetValues<AlertLanguage>())
        {
            var texts = PageTexts.Of(language);
            names[Texts] = Add(Texts, texts.Script, isPublic: false);
            _pages.Add(language, new PageAsset(Html, Encoding.UTF8.GetBytes(Read("index.html"))));
            _forms.Add((PageForm.SignIn, language), Read("sign-in.html"));
            _forms.Add((PageForm.Acknowledge, language), Read("acknowledge.html"));
            _forms.Add((PageForm.Message, language), Read("message.html"));

            string Read(string file) => PageTemplate.Fill(
                Reference().Replace(Encoding.UTF8.GetString(PageFiles.Read(file)), reference => $"{reference.Groups["start"].Value}{names[reference.Groups["file"].Value]}{reference.Groups["end"].Value}"), texts.All);
        }
    }

    /// <summary>Gets the files by the names under which the page asks for them, such as <c>page.1a2b3c4d.css</c>.</summary>
    public IReadOnlyDictionary<string, PageAsset> Files => _files;

    /// <summary>Gets the page.</summary>
    public PageAsset Page(AlertLanguage language) => _pages[language];

    /// <summary>Finds a file by the name under which the page asks for it.</summary>
    public bool TryGet(string file, [NotNullWhen(true)] out PageAsset? asset) => _files.TryGetValue(file, out asset);

    /// <summary>Makes a form; each value is shown as the text that it is.</summary>
    /// <param name="form">Which.</param>
    /// <param name="language">Its language.</param>
    /// <param name="values">What stands in its places, by the names that <see cref="PageForm"/> says; others stay empty.</param>
    public PageAsset Form(PageForm form, AlertLanguage language, IReadOnlyDictionary<string, string> values) =>
        new(Html, Encoding.UTF8.GetBytes(PageTemplate.Fill(_forms[(form, language)], values, isLast: true)));

    private string Add(string file, byte[] content, bool isPublic)
    {
        string extension = Path.GetExtension(file);
        string name = $"{Path.GetFileNameWithoutExtension(file)}.{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, HashBytes))}{extension}";
        _files.Add(name, new PageAsset(Types[extension], content, isPublic));
        return name;
    }

    [GeneratedRegex("""(?<start>"(\.\./)?assets/)(?<file>[a-z.]+)(?<end>")""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
