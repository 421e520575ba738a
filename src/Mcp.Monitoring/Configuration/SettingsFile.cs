using System.Buffers;
using System.Text;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Configuration;

/// <summary>Reads a configuration file, JSON or YAML by its ending.</summary>
internal static class SettingsFile
{
    public const int MostBytes = 256 * 1024;
    private static readonly SearchValues<byte> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7F).Select(code => (byte)code).Except("\t\r\n"u8.ToArray())]);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Understands a file.</summary>
    /// <param name="file">What was read.</param>
    /// <param name="name">The file as the user named it.</param>
    /// <param name="fault">What is wrong with it, else <see langword="null"/>.</param>
    /// <returns>Its settings; <see langword="null"/> with a fault.</returns>
    public static MapNode? Read(FileReading file, string name, out Fault? fault)
    {
        if (file.Problem is { } problem)
        {
            fault = Unusable(Printable.Cut(name), "cannot be read", $"{Sentence(problem)}{(name == file.Path ? "" : $" The path is {Printable.Cut(file.Path)}.")}");
            return null;
        }

        return Parse(file.Bytes, name, out fault);
    }

    /// <summary>Understands the bytes of a file.</summary>
    public static MapNode? Parse(ReadOnlySpan<byte> bytes, string name, out Fault? fault)
    {
        fault = null;
        try
        {
            SettingsNode root = ReadTree(bytes, name);
            switch (root)
            {
                case MapNode map:
                    return map;
                case ScalarNode { Text: null }:
                    return new MapNode([], Size: 1);
                default:
                    fault = Unusable($"{name}:{root.Line}:{root.Column}", "is not a section", "Write the settings as keys and values, such as prometheus: and below it port: 9464.");
                    return null;
            }
        }
        catch (SettingsFileException unreadable)
        {
            fault = Unusable($"{name}:{unreadable.Line}:{unreadable.Column}", unreadable.Message, "Mend it there; nothing of the file is used until then.");
            return null;
        }
    }

    private static Fault Unusable(string place, string problem, string remedy) => new(Path: "", problem, remedy) { Place = place };

    private static SettingsNode ReadTree(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.Length > MostBytes)
        {
            throw new SettingsFileException($"has more than {MostBytes} bytes", line: 1, column: 1);
        }

        ReadOnlySpan<byte> text = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        string decoded = Decode(text);
        int control = text.IndexOfAny(ControlCharacters);
        if (control >= 0)
        {
            // As a disk leaves them after a crash; YAML would take the first for the end.
            throw At("holds a control character", text[..control]);
        }

        return IsYaml(name) ? YamlSettings.Read(decoded) : JsonSettings.Read(text);
    }

    public static bool IsYaml(string name) =>
        name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    public static bool IsJson(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static string Decode(ReadOnlySpan<byte> text)
    {
        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException fault)
        {
            throw At("is not UTF-8", text[..Math.Clamp(fault.Index, 0, text.Length)]);
        }
    }

    private static SettingsFileException At(string problem, ReadOnlySpan<byte> before) =>
        new(problem, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));

    private static string Sentence(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "There is no such file.",
        UnauthorizedAccessException => "The process may not read it.",
        _ => Printable.Cut(exception.Message.TrimEnd('.')) + ".",
    };
}
