using System.Globalization;

namespace Mcp.Monitoring.Infrastructure.Validation;

/// <summary>One setting: how text becomes its value, and who may give it.</summary>
internal sealed class Setting
{
    private static readonly Func<string, object?> ParseInteger = static text =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static readonly Func<string, object?> ParseNumber = static text =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    private readonly Func<object?> _get;
    private readonly Action<object?> _set;
    private readonly Func<string, object?> _parse;
    private Action<string>? _fromVariable;

    private Setting(string name, string form, Func<object?> get, Action<object?> set, Func<string, object?> parse, string[] variables)
    {
        Variables = variables;
        Name = name;
        Form = form;
        _get = get;
        _set = set;
        _parse = parse;
        Effective = get;
    }

    /// <summary>Gets the name of the property.</summary>
    public string Name { get; }

    /// <summary>Gets what a value looks like, such as <c>a whole number</c>.</summary>
    public string Form { get; }

    /// <summary>Gets the values that there are, of a closed list.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>Gets the environment variables that set it; the first that is set does.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Gets whether its variables switch the section on.</summary>
    public bool TurnsOn { get; private set; }

    /// <summary>Gets whether it is never printed, and may come from a file of its own.</summary>
    public bool IsSecret { get; private set; }

    /// <summary>Gets whether a reload changes it while the host runs.</summary>
    public bool IsLive { get; private set; }

    /// <summary>Gets whether it is the switch of its section.</summary>
    public bool IsSwitch { get; private init; }

    /// <summary>Gets whether a section that is only mentioned in a file is meant to be on.</summary>
    public bool IsOnWhenMentioned { get; private set; }

    public bool IsList { get; private init; }

    public bool IsText { get; private init; }

    /// <summary>Gets what makes an item of a list of sections; <see langword="null"/> for every other setting.</summary>
    public Func<ISettings>? Create { get; private init; }

    /// <summary>Gets the value as it works, where that is more than what was set.</summary>
    public Func<object?> Effective { get; private init; }

    public object? Value
    {
        get => _get();
        set => _set(value);
    }

    /// <summary>Makes the value of text, or <see langword="null"/> where the text has not its form.</summary>
    public object? Parse(string text) => _parse(text);

    public static Setting Text(string name, Func<string?> get, Action<string?> set, params string[] variables) =>
        new(name, "a text", get, value => set((string?)value), static text => text, variables) { IsText = true };

    public static Setting Flag(string name, Func<bool> get, Action<bool> set, params string[] variables) =>
        new(name, "true or false", () => get(), value => set((bool)value!), ParseFlag, variables);

    /// <summary>The setting that switches its section on and off.</summary>
    public static Setting Switch(string name, Func<bool> get, Action<bool> set, params string[] variables) =>
        new(name, "true or false", () => get(), value => set((bool)value!), ParseFlag, variables) { IsSwitch = true };

    /// <summary>The switch of a section that is on by itself once it has what it needs.</summary>
    public static Setting Switch(string name, Func<bool?> get, Action<bool?> set, Func<bool> isOn, params string[] variables) =>
        new(name, "true or false", () => get(), value => set((bool?)value), ParseFlag, variables) { IsSwitch = true, Effective = () => isOn() };

    /// <summary>The switch of a section that where it runs decides on, unless it is set.</summary>
    public static Setting Switch(string name, Func<bool?> get, Action<bool?> set, params string[] variables) =>
        new(name, "true or false", () => get(), value => set((bool?)value), ParseFlag, variables) { IsSwitch = true };

    public static Setting Integer(string name, Func<int?> get, Action<int?> set, params string[] variables) =>
        new(name, "a whole number", () => get(), value => set((int?)value), ParseInteger, variables);

    public static Setting Integer(string name, Func<int> get, Action<int> set, params string[] variables) =>
        new(name, "a whole number", () => get(), value => set((int)value!), ParseInteger, variables);

    public static Setting Number(string name, Func<double> get, Action<double> set, params string[] variables) =>
        new(name, "a number", () => get(), value => set((double)value!), ParseNumber, variables);

    public static Setting Number(string name, Func<double?> get, Action<double?> set, params string[] variables) =>
        new(name, "a number", () => get(), value => set((double?)value), ParseNumber, variables);

    public static Setting Flag(string name, Func<bool?> get, Action<bool?> set, params string[] variables) =>
        new(name, "true or false", () => get(), value => set((bool?)value), ParseFlag, variables);

    public static Setting Duration(string name, Func<TimeSpan?> get, Action<TimeSpan?> set, params string[] variables) =>
        new(name, Durations.Form, () => get(), value => set((TimeSpan?)value), Durations.Parse, variables);

    public static Setting Duration(string name, Func<TimeSpan> get, Action<TimeSpan> set, params string[] variables) =>
        new(name, Durations.Form, () => get(), value => set((TimeSpan)value!), Durations.Parse, variables);

    public static Setting List(string name, Func<IList<string>> get, Action<IList<string>> set, params string[] variables) =>
        new(name, "a list of texts", get, value => set((IList<string>)value!), static text => Split(text), variables) { IsList = true };

    /// <summary>A list of sections, which another source replaces as a whole.</summary>
    public static Setting Sections<TSection>(string name, IList<TSection> list)
        where TSection : class, ISettings, new()
    {
        return new(name, "a list of sections", () => list.ToArray<ISettings>(), Replace, static _ => null, []) { Create = static () => new TSection(), IsLive = true };

        void Replace(object? value)
        {
            TSection[] items = [.. ((IEnumerable<ISettings>)value!).Cast<TSection>()];
            list.Clear();
            foreach (TSection item in items)
            {
                list.Add(item);
            }
        }
    }

    /// <summary>A value of a closed list, by its name in any spelling.</summary>
    public static Setting Choice<TEnum>(string name, Func<TEnum> get, Action<TEnum> set, params string[] variables)
        where TEnum : struct, Enum => Choice<TEnum>(name, () => get(), value => set(value!.Value), variables);

    /// <summary>A value of a closed list that need not be given.</summary>
    public static Setting Choice<TEnum>(string name, Func<TEnum?> get, Action<TEnum?> set, params string[] variables)
        where TEnum : struct, Enum => new(name, ClosedList<TEnum>.Form, () => get(), value => set((TEnum?)value), ClosedList<TEnum>.Parse, variables)
        {
            Effective = () => get() is { } value ? ClosedList<TEnum>.NameOf(value) : null,
            Names = ClosedList<TEnum>.Names,
        };

    public Setting Secret()
    {
        IsSecret = true;
        return this;
    }

    public Setting TurningOn()
    {
        TurnsOn = true;
        return this;
    }

    public Setting Live()
    {
        IsLive = true;
        return this;
    }

    public Setting OnWhenMentioned()
    {
        IsOnWhenMentioned = true;
        return this;
    }

    /// <summary>Has somebody told which variable gave the value, once it is set.</summary>
    public Setting ToldOfVariable(Action<string> told)
    {
        _fromVariable = told;
        return this;
    }

    public void ComesFrom(string variable) => _fromVariable?.Invoke(variable);

    // A variable holds a list on one line.
    private static List<string> Split(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static object? ParseFlag(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" or "1" => true,
        "FALSE" or "NO" or "OFF" or "0" => false,
        _ => null,
    };

    private static class ClosedList<TEnum>
        where TEnum : struct, Enum
    {
        private static readonly TEnum[] All = Enum.GetValues<TEnum>();
        public static IReadOnlyList<string> Names { get; } = [.. All.Select(NameOf)];

        public static string Form { get; } = $"{string.Join(", ", Names.SkipLast(1))} or {Names[^1]}";

        public static object? Parse(string text)
        {
            int index = Array.FindIndex(All, known => SettingNames.Bare(NameOf(known)) == SettingNames.Bare(text.Trim()));
            return index < 0 ? null : All[index];
        }

        public static string NameOf(TEnum value) => SettingNames.Snake(value.ToString());
    }
}
