using System.Diagnostics.CodeAnalysis;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>Where a project's envelopes go, and by what name: <c>https://key[:secret]@host[:port][/prefix]/project</c>. It is a secret and prints none.</summary>
internal sealed class Dsn
{
    private const string Form = "https://<key>@<host>/<project>";

    private readonly string _project;

    private Dsn(Uri endpoint, string publicKey, string project)
    {
        Endpoint = endpoint;
        PublicKey = publicKey;
        _project = project;
    }

    /// <summary>Gets the address that envelopes are posted to.</summary>
    public Uri Endpoint { get; }

    public string PublicKey { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out Dsn? dsn, [NotNullWhen(false)] out string? problem)
    {
        dsn = null;
        problem = ProblemOf(text, out Uri? address);
        if (problem is not null || address is null)
        {
            problem ??= $"is no address of the form {Form}";
            return false;
        }

        string path = address.AbsolutePath;
        int slash = path.LastIndexOf('/');
        string[] keys = address.UserInfo.Split(':', 2);
        string project = path[(slash + 1)..];
        problem = keys[0].Length == 0 ? "has no key before the @"
            : !IsName(keys[0]) || (keys.Length > 1 && keys[1].Length > 0 && !IsName(keys[1])) ? "has a key with characters that no key has"
            : project.Length == 0 ? path.Length > 1 ? "ends in a slash, where its project belongs" : "has no project at its end"
            : !IsName(project) ? "has a project with characters that no project has"
            : null;
        if (problem is not null)
        {
            return false;
        }

        var endpoint = new Uri($"{address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}{path[..slash]}/api/{project}/envelope/");
        dsn = new Dsn(endpoint, keys[0], project);
        return true;
    }

    public override string ToString() => $"{Endpoint.Scheme}://***@{Endpoint.Authority}/{_project}";

    private static string? ProblemOf(string? text, out Uri? address)
    {
        address = null;
        return string.IsNullOrWhiteSpace(text) ? "is empty"
            : text.AsSpan().ContainsAnyInRange('\0', ' ') || text.Any(char.IsWhiteSpace) ? "has whitespace in it"
            : !Uri.TryCreate(text, UriKind.Absolute, out address) ? $"is no address of the form {Form}"
            : address.Scheme is not ("https" or "http") ? "begins neither with https:// nor with http://"
            : address.Host.Length == 0 ? "has no host"
            : address.Query.Length > 0 || address.Fragment.Length > 0 ? "has more behind its project"
            : null;
    }

    // These stand in a header and in a path: no comma, no slash, nothing escaped.
    private static bool IsName(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
