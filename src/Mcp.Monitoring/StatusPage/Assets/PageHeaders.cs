using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.StatusPage.Assets;

/// <summary>The headers that keep a browser from doing what the page never does: set here, so that the host's own need not know the page.</summary>
internal static class PageHeaders
{
    private const string Nothing = "'none'", Own = "'self'";

    /// <summary>Sets those of the page: no script or style but its own files, and no form that is sent anywhere.</summary>
    public static void SetPage(IHeaderDictionary headers) => SetHtml(headers, Nothing);

    /// <summary>Sets those of a form, which is sent back to where it came from.</summary>
    public static void SetForm(IHeaderDictionary headers) => SetHtml(headers, Own);

    /// <summary>Sets those of what is no page: JSON, events, texts.</summary>
    public static void SetData(IHeaderDictionary headers)
    {
        SetAll(headers);
        headers.ContentSecurityPolicy = $"default-src {Nothing}; frame-ancestors {Nothing}";
        headers.CacheControl = "no-store";
    }

    /// <summary>Sets those of a file whose name has its hash: it never changes.</summary>
    public static void SetFile(IHeaderDictionary headers)
    {
        SetAll(headers);
        headers.CacheControl = "public, max-age=31536000, immutable";
    }

    private static void SetHtml(IHeaderDictionary headers, string forms)
    {
        SetAll(headers);
        headers.ContentSecurityPolicy = $"default-src {Nothing}; script-src {Own}; style-src {Own}; connect-src {Own}; img-src {Own}; base-uri {Nothing}; "
            + $"form-action {forms}; frame-ancestors {Nothing}; require-trusted-types-for 'script'";
        headers.CacheControl = "no-store";
        headers.Vary = "Accept-Language";
    }

    private static void SetAll(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
