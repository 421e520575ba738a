using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Tests.Infrastructure.Redaction.Generated;

/// <summary>Every notation, with every name, around secrets of every character that it can hold, in every surrounding.</summary>
public class GeneratedSecretsTests
{
    private const int Run = 4;
    private const int MostSecrets = 8;

    public static TheoryData<string> Names => [.. Notations.All.Select(notation => notation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_a_secret_nothing_is_left_and_of_what_is_around_it_all(string name)
    {
        Notation notation = Notations.All.Single(notation => notation.Name == name);
        var alphabet = new SecretAlphabet(name.Length);
        List<string> faults = [];
        foreach (Surrounding surrounding in Surrounding.All.Where(surrounding => surrounding.Fits >= notation.Place))
        {
            foreach (string key in SecretKeys.For(notation.Keys))
            {
                for (int i = 0; i < (notation.Keys == Keys.Own ? MostSecrets : 1); i++)
                {
                    string secret = alphabet.Secret(notation.Specials, notation.TakesAnyEnds);
                    string text = surrounding.Around(notation.Write(key, secret));
                    string expected = surrounding.Around(notation.Write(key, SecretScrubber.Replacement));

                    string clean = SecretScrubber.Scrub(text);

                    if (clean != expected || SecretScrubber.Scrub(clean) != clean || Survives(secret, clean, expected))
                    {
                        faults.Add($"{surrounding.Name}, {key}\n  secret   {secret}\n  text     {text}\n  expected {expected}\n  clean    {clean}\n  again    {SecretScrubber.Scrub(clean)}");
                    }
                }
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(5))}");
    }

    private static bool Survives(string secret, string clean, string expected) =>
        Enumerable.Range(0, secret.Length - Run + 1).Select(start => secret.Substring(start, Run))
            .Any(run => clean.Contains(run, StringComparison.Ordinal) && !expected.Contains(run, StringComparison.Ordinal));
}
