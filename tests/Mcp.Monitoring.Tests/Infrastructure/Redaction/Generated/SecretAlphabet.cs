namespace Mcp.Monitoring.Tests.Infrastructure.Redaction.Generated;

/// <summary>Makes up secrets of letters, digits and the characters that a notation must escape.</summary>
internal sealed class SecretAlphabet(int seed)
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private readonly Random _random = new(seed);

    public string Secret(string specials, bool takesAnyEnds)
    {
        int length = _random.Next(8, 24);
        Span<char> secret = new char[length];
        for (int i = 0; i < length; i++)
        {
            bool isEnd = i == 0 || i == length - 1;
            secret[i] = specials.Length > 0 && (takesAnyEnds || !isEnd) && _random.Next(3) == 0 ? specials[_random.Next(specials.Length)] : Letters[_random.Next(Letters.Length)];
        }

        // Nobody takes it for a word.
        secret[length / 2] = '7';
        secret[(length / 2) - 1] = 'Q';
        secret[(length / 2) - 2] = 'z';
        return secret.ToString();
    }
}
