using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>Gives every setting a value of its form, whatever its rules say of it.</summary>
internal sealed class RandomSettings(int seed)
{
    private static readonly string[] Texts =
    [
        "", " ", " a ", "true", "null", "~", "0x10", "1e3", "- a", "a: b", "#x", "a #b", "*a", "&a", "!a", "%a", "@a", "`a", "'", "\"", "{", "}", "[", "]", ",", "?", "|", ">", "\\", "\\n", "a\nb", "a\r\nb",
        "\ttab", "многоязычный", "日本語", "e\u0301", "\ud83d\ude42", "\u2028", "\u2029", "\u0085", "\u00a0", "\ufeff", "\u202e", "\u0001", "\u007f", "\0", "${x}", "{{x}}", "$(x)", "12:30:45", "1_000", "0o7", ".5", "+1",
        "2026-11-24T22:00:00+03:00", "yes", "no", "on", "off", "=", "<<", "---", "...", "key: [1, 2]", "a,b",
    ];

    private readonly Random _chance = new(seed);

    public void Fill(ISettings section)
    {
        foreach (Setting setting in section.Settings.Where(setting => !setting.IsSecret))
        {
            setting.Value = setting.Create is { } create ? Sections(create)
                : setting.IsList ? Enumerable.Range(0, _chance.Next(4)).Select(_ => Text()).ToList()
                : setting.IsText ? Text()
                : Scalar(setting);
        }

        foreach (Section inner in section.Sections)
        {
            Fill(inner.Settings);
        }
    }

    private ISettings[] Sections(Func<ISettings> create)
    {
        ISettings[] items = [.. Enumerable.Range(0, _chance.Next(3)).Select(_ => create())];
        Array.ForEach(items, Fill);
        return items;
    }

    private object Scalar(Setting setting) => setting.Form switch
    {
        "true or false" => _chance.Next(2) == 0,
        "a whole number" => _chance.Next(int.MinValue, int.MaxValue) >> _chance.Next(32),
        "a number" => Number(),
        Durations.Form => new TimeSpan(_chance.NextInt64(long.MinValue, long.MaxValue) >> _chance.Next(64)),
        var names => Name(setting, names),
    };

    private object Name(Setting setting, string names)
    {
        string[] known = names.Split([", ", " or "], StringSplitOptions.None);
        return setting.Parse(known[_chance.Next(known.Length)]) ?? throw new InvalidOperationException($"{setting.Name} takes none of {names}.");
    }

    private double Number()
    {
        double number = BitConverter.Int64BitsToDouble(_chance.NextInt64(long.MinValue, long.MaxValue));
        return _chance.Next(3) == 0 ? _chance.NextDouble() : double.IsFinite(number) ? number : 0.1;
    }

    private string Text() => Texts[_chance.Next(Texts.Length)] + (_chance.Next(3) == 0 ? Texts[_chance.Next(Texts.Length)] : "");
}
