using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Tests.Infrastructure.Redaction.Generated;

namespace Mcp.Monitoring.Tests.Infrastructure.Redaction;

/// <summary>What is replaced for nothing is lost to whoever has to mend the fault.</summary>
public class InnocentTextsTests
{
    public static TheoryData<string> Texts => [.. InnocentTexts.All];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_without_a_secret_stays_the_same_object(string text)
    {
        Assert.Same(text, SecretScrubber.Scrub(text));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_without_a_secret_stays_in_every_surrounding(string text)
    {
        string[] around = [.. Surrounding.All.Where(surrounding => surrounding.Fits == Place.Line).Select(surrounding => surrounding.Around(text))];

        Assert.Equal(around, around.Select(SecretScrubber.Scrub));
    }
}
