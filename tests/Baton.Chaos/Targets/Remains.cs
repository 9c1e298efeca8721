using Baton.Chaos.Clients;

namespace Baton.Chaos.Targets;

/// <summary>Searches files for the very bytes of what was destroyed: shares and sealed contents, at several places of each.</summary>
internal sealed class Remains
{
    private const int Window = 16;

    private readonly Dictionary<ulong, List<(byte[] Bytes, string What)>> wanted = [];
    private readonly bool[] begins = new bool[1 << 24];

    public Remains(IEnumerable<Parcel> destroyed)
    {
        foreach (var parcel in destroyed)
        {
            Want(parcel.Request.Share.AsSpan(0, Window), $"share of {parcel.Id}");
            foreach (var at in new[] { 0, 500, parcel.Request.Sealed.Length - Window })
            {
                Want(parcel.Request.Sealed.AsSpan(at, Window), $"sealed content of {parcel.Id}");
            }
        }
    }

    /// <summary>What is found in the databases below this folder, their logs included.</summary>
    public List<string> In(string folder)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.db*", SearchOption.AllDirectories))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[open.Length];
            var read = open.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            foreach (var what in Search(bytes.AsSpan(0, read)))
            {
                found.Add($"{what} in {Path.GetFileName(file)}");
            }
        }

        return [.. found];
    }

    private List<string> Search(ReadOnlySpan<byte> bytes)
    {
        var found = new List<string>();
        for (var i = 0; i + Window <= bytes.Length; i++)
        {
            if (begins[bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16)] && wanted.TryGetValue(BitConverter.ToUInt64(bytes[i..]), out var candidates))
            {
                foreach (var (whole, what) in candidates)
                {
                    if (bytes.Slice(i, Window).SequenceEqual(whole))
                    {
                        found.Add(what);
                    }
                }
            }
        }

        return found;
    }

    private void Want(ReadOnlySpan<byte> bytes, string what)
    {
        begins[bytes[0] | (bytes[1] << 8) | (bytes[2] << 16)] = true;
        var key = BitConverter.ToUInt64(bytes);
        if (!wanted.TryGetValue(key, out var list))
        {
            wanted[key] = list = [];
        }

        list.Add((bytes.ToArray(), what));
    }
}
