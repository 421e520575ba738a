using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Mcp.Monitoring.Metrics.Exposition;

/// <summary>Writes fields of protocol buffers into memory that it keeps for the next scrape.</summary>
internal sealed class ProtobufBuffer(int capacity)
{
    private const int LongestVarint = 10;
    private const int BitsOfVarintByte = 7;
    private const int BitsOfWireType = 3;

    private byte[] _bytes = new byte[capacity];
    private int _length;

    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Delimited = 2,
    }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Clear() => _length = 0;

    public void Unsigned(int field, ulong value)
    {
        Tag(field, WireType.Varint);
        Varint(value);
    }

    /// <summary>Writes a number of the types sint32 and sint64, whose sign is the last bit.</summary>
    public void Signed(int field, long value) => Unsigned(field, (ulong)(value << 1) ^ (ulong)(value >> 63));

    public void Double(int field, double value)
    {
        Tag(field, WireType.Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);
        _length += sizeof(double);
    }

    public void Text(int field, string value)
    {
        int start = Begin(field);
        _length += Encoding.UTF8.GetBytes(value, Room(Encoding.UTF8.GetMaxByteCount(value.Length)));
        End(start);
    }

    /// <summary>Writes fields that are encoded already.</summary>
    public void Encoded(ReadOnlySpan<byte> fields)
    {
        fields.CopyTo(Room(fields.Length));
        _length += fields.Length;
    }

    /// <summary>Begins a message within the one that is written.</summary>
    /// <returns>Where it begins, for its end.</returns>
    public int Begin(int field)
    {
        Tag(field, WireType.Delimited);
        return Begin();
    }

    /// <summary>Begins a message after its length, with room for the length of a small one.</summary>
    public int Begin()
    {
        Room(1)[0] = 0;
        return ++_length;
    }

    public void End(int start)
    {
        int size = _length - start;
        int more = VarintLength((ulong)size) - 1;
        if (more > 0)
        {
            Room(more);
            _bytes.AsSpan(start, size).CopyTo(_bytes.AsSpan(start + more));
        }

        _length = start - 1;
        Varint((ulong)size);
        _length += size;
    }

    /// <summary>Takes back a message that was begun without a field.</summary>
    public void Cancel(int start) => _length = start - 1;

    private static int VarintLength(ulong value) => 1 + (BitOperations.Log2(value | 1) / BitsOfVarintByte);

    private void Tag(int field, WireType type) => Varint(((uint)field << BitsOfWireType) | (uint)type);

    private void Varint(ulong value)
    {
        Span<byte> room = Room(LongestVarint);
        int written = 0;
        while (value >= 1 << BitsOfVarintByte)
        {
            room[written++] = (byte)(value | (1 << BitsOfVarintByte));
            value >>= BitsOfVarintByte;
        }

        room[written++] = (byte)value;
        _length += written;
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }

        return _bytes.AsSpan(_length);
    }
}
