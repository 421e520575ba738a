using System.Collections.Frozen;

namespace Mcp.Monitoring.Infrastructure.Redaction.Tokens;

/// <summary>A kind of token that is known by how it begins.</summary>
/// <param name="Start">How it begins, with its case.</param>
/// <param name="Fewest">The fewest characters after that.</param>
/// <param name="Most">The most.</param>
internal readonly record struct TokenShape(string Start, int Fewest, int Most = int.MaxValue)
{
    private const int ShortestPart = 14;

    private static readonly TokenShape[] All =
    [
        new("sk-", 16), new("sk_live_", 8), new("sk_test_", 8), new("rk_live_", 8), new("rk_test_", 8), new("whsec_", 16),
        new("ghp_", 16), new("gho_", 16), new("ghu_", 16), new("ghs_", 16), new("ghr_", 16), new("github_pat_", 16), new("glpat-", 16), new("glrt-", 16), new("gldt-", 16),
        new("xoxb-", 8), new("xoxa-", 8), new("xoxp-", 8), new("xoxr-", 8), new("xoxs-", 8), new("xoxe-", 8), new("xoxe.", 16), new("xapp-", 8),
        new("AKIA", 16, 16), new("ASIA", 16, 16), new("AIza", 35, 35), new("ya29.", 16), new("GOCSPX-", 20),
        new("npm_", 30), new("pypi-", 40), new("hf_", 30), new("SG.", 40), new("shpat_", 30), new("shpss_", 30), new("shpca_", 30), new("shppa_", 30), new("dop_v1_", 40), new("dapi", 32, 34),
        new("sntrys_", 24), new("sntryu_", 24), new("glsa_", 24), new("hvs.", 20), new("lin_api_", 30), new("ATATT3", 40), new("PMAK-", 40), new("NRAK-", 20), new("figd_", 20),
        new("gsk_", 20), new("xai-", 20), new("r8_", 20), new("sbp_", 20), new("pk_live_", 8), new("pk_test_", 8), new("xoxc-", 8), new("xoxd-", 8), new("y0_", 20), new("t1.", 40), new("AQVN", 30),
        new("vk1.a.", 40), new("AGE-SECRET-KEY-1", 40),
    ];

    private static readonly FrozenDictionary<char, TokenShape[]> ByFirst = All.GroupBy(shape => shape.Start[0]).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Gets every way to begin.</summary>
    public static IEnumerable<string> Starts => All.Select(shape => shape.Start);

    /// <summary>Finds how long the token is that begins this text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="digitless">How far it goes on without what makes it one, where it begins like a token.</param>
    /// <returns>0 where there is none.</returns>
    public static int LengthAtStart(ReadOnlySpan<char> text, out int digitless)
    {
        digitless = 0;
        if (!ByFirst.TryGetValue(text[0], out TokenShape[]? shapes))
        {
            return 0;
        }

        foreach (TokenShape shape in shapes)
        {
            if (text.StartsWith(shape.Start, StringComparison.Ordinal))
            {
                return shape.Length(text[shape.Start.Length..], out digitless) is > 0 and var length ? shape.Start.Length + length : 0;
            }
        }

        return 0;
    }

    // Many a name of CSS begins so: sk-theme-dark-mode-2026
    private static bool HasRandomPart(ReadOnlySpan<char> run)
    {
        foreach (Range part in run.Split('-'))
        {
            if (run[part].Length >= ShortestPart && run[part].ContainsAnyInRange('0', '9'))
            {
                return true;
            }
        }

        return false;
    }

    private int Length(ReadOnlySpan<char> rest, out int digitless)
    {
        ReadOnlySpan<char> bounded = Most < int.MaxValue ? rest[..Math.Min(rest.Length, Most + 1)] : rest;
        ReadOnlySpan<char> run = bounded[..CharacterRun.Length(bounded, Start.Contains('.', StringComparison.Ordinal) ? CharacterRun.Dotted : CharacterRun.Word)].TrimEnd('.');
        // A word with hyphens may begin like a token; one that was made at random has a digit.
        bool hasDigit = run.ContainsAnyInRange('0', '9');
        bool mayBeToken = hasDigit && (Start != "sk-" || HasRandomPart(run));
        digitless = mayBeToken ? 0 : run.Length;
        return mayBeToken && run.Length >= Fewest && run.Length <= Most ? run.Length : 0;
    }
}
