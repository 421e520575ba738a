using System.Text;

namespace Mcp.Monitoring.Infrastructure.Validation;

/// <summary>The names of settings: properties in code, <c>snake_case</c> in files, and either of them or <c>camelCase</c> when read.</summary>
internal static class SettingNames
{
    public static string Snake(string property)
    {
        var key = new StringBuilder();
        for (int i = 0; i < property.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(property[i]) && property[i - 1] is not (':' or '_'))
            {
                key.Append('_');
            }

            key.Append(char.ToLowerInvariant(property[i]));
        }

        return key.Replace(':', '.').ToString();
    }

    /// <summary>Returns what all spellings of a name have in common.</summary>
    public static string Bare(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
