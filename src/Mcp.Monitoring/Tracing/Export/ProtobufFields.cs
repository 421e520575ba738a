using System.Buffers.Binary;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>The fields of a protobuf message, one after the other; ends where the message does, or is none.</summary>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private const int LongestVarint = 10;

    private ReadOnlySpan<byte> _rest = message;

    public int Number { get; private set; }

    /// <summary>Gets the value of a number.</summary>
    public ulong Value { get; private set; }

    /// <summary>Gets the value of a text or message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public bool MoveNext()
    {
        if (!TryReadVarint(out ulong key))
        {
            return false;
        }

        Number = (int)(key >> 3);
        Value = 0;
        Bytes = default;
        switch (key & 7)
        {
            case 0 when TryReadVarint(out ulong value):
                Value = value;
                return true;
            case 1 when _rest.Length >= sizeof(ulong):
                Value = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
                _rest = _rest[sizeof(ulong)..];
                return true;
            case 2 when TryReadVarint(out ulong length) && length <= (ulong)_rest.Length:
                Bytes = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            case 5 when _rest.Length >= sizeof(uint):
                Value = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
                _rest = _rest[sizeof(uint)..];
                return true;
            default:
                return false;
        }
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (int i = 0; i < _rest.Length && i < LongestVarint; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
