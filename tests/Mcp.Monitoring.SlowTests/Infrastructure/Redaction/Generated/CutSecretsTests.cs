using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Tests.Infrastructure.Redaction.Generated;

/// <summary>A text that was cut in the middle of a secret: what is left of it is no longer read by anybody either.</summary>
public class CutSecretsTests
{
    private const int Run = 4;

    public static TheoryData<string> Names => [.. Notations.All.Where(notation => !Notations.NeedEnd.Contains(notation.Name)).Select(notation => notation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_a_secret_that_was_cut_nothing_is_left(string name)
    {
        Notation notation = Notations.All.Single(notation => notation.Name == name);
        var alphabet = new SecretAlphabet(name.Length);
        List<string> faults = [];
        foreach (Surrounding surrounding in Surrounding.All.Where(surrounding => surrounding.Fits >= notation.Place))
        {
            foreach (string key in SecretKeys.For(notation.Keys))
            {
                string secret = "Qz7" + alphabet.Secret("", takesAnyEnds: false);
                string text = surrounding.Around(notation.Write(key, secret));
                int start = text.IndexOf(secret, StringComparison.Ordinal);
                if (start < 0)
                {
                    continue;
                }

                for (int length = Run; length <= secret.Length; length++)
                {
                    string cut = text[..(start + length)];
                    string clean = SecretScrubber.Scrub(cut);
                    if (clean.Contains(secret[..Run], StringComparison.Ordinal) || clean.Contains(cut[^Run..], StringComparison.Ordinal) || SecretScrubber.Scrub(clean) != clean)
                    {
                        faults.Add($"{surrounding.Name}, {key}\n  text     {cut}\n  clean    {clean}");
                        break;
                    }
                }
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(5))}");
    }
}
