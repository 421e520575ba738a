using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>
/// What a button gives back when it is pressed: what it stands for, signed for its chat and its service, so that nobody else can make one. Telegram allows 64 bytes.
/// The key is made of the bot's token: another token, and the buttons of before are void.
/// </summary>
internal sealed class AnswerCode(string token, string service, string chat)
{
    private const int MessageBytes = 8, MacBytes = 16;
    private const int SignedBytes = 1 + 4 + 4 + MessageBytes;
    private const int Bytes = SignedBytes + MacBytes;

    private readonly byte[] _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "Mcp.Monitoring: buttons in Telegram, version 1"u8);
    private readonly byte[] _place = Encoding.UTF8.GetBytes($"{chat}\n{service}");

    /// <summary>Names a message, the same for each attempt to send it.</summary>
    public static string MessageOf(string notification) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notification)).AsSpan(0, MessageBytes));

    public string Write(Answer answer)
    {
        byte[] code = new byte[Bytes];
        code[0] = (byte)answer.Action;
        BinaryPrimitives.WriteInt32BigEndian(code.AsSpan(1), answer.Incident);
        BinaryPrimitives.WriteUInt32BigEndian(code.AsSpan(5), (uint)answer.ValidUntil.ToUnixTimeSeconds());
        Convert.FromHexString(answer.Message).CopyTo(code, 9);
        Sign(code.AsSpan(0, SignedBytes), code.AsSpan(SignedBytes));
        return Base64Url.EncodeToString(code);
    }

    /// <summary>Reads what was pressed.</summary>
    /// <returns>What it stands for; <see langword="null"/> where it was not made here.</returns>
    public Answer? Read(string? text)
    {
        Span<byte> code = stackalloc byte[Bytes];
        if (text is null
            || text.Length != Base64Url.GetEncodedLength(Bytes)
            || !Base64Url.IsValid(text, out int length)
            || length != Bytes
            || Base64Url.DecodeFromChars(text, code) != Bytes)
        {
            return null;
        }

        Span<byte> mac = stackalloc byte[MacBytes];
        Sign(code[..SignedBytes], mac);
        return CryptographicOperations.FixedTimeEquals(mac, code[SignedBytes..])
            ? new Answer(
                (AnswerAction)code[0],
                BinaryPrimitives.ReadInt32BigEndian(code[1..]),
                Convert.ToHexStringLower(code.Slice(9, MessageBytes)),
                DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(code[5..])))
            : null;
    }

    private void Sign(ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> all = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, [.. signed, .. _place], all);
        all[..MacBytes].CopyTo(mac);
    }
}
