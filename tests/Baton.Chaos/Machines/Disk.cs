using System.Globalization;

namespace Baton.Chaos.Machines;

/// <summary>A small disk of its own, ext4 on a loop device: it can be filled to the last block, and the kernel can refuse every write to it.</summary>
internal sealed class Disk : IAsyncDisposable
{
    private readonly string image;

    private Disk(string image, string path) => (this.image, Path) = (image, path);

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Null: only root may mount one.</summary>
    public static async Task<Disk?> Mount(string folder, int megabytes)
    {
        var disk = new Disk(System.IO.Path.Combine(folder, "disk.img"), System.IO.Path.Combine(folder, "disk"));
        Directory.CreateDirectory(disk.Path);
        await Command.Run("truncate", "-s", megabytes.ToString(CultureInfo.InvariantCulture) + "M", disk.image);
        var (code, _) = await Command.Try("sh", "-c", $"mkfs.ext4 -q -m 0 '{disk.image}' && mount -o loop '{disk.image}' '{disk.Path}'");
        return code == 0 ? disk : null;
    }

    /// <summary>Not one block more.</summary>
    public Task Fill() => Command.Try("dd", "if=/dev/zero", "of=" + Filler, "bs=64K", "conv=fsync");

    public void MakeRoom() => File.Delete(Filler);

    /// <summary>
    /// Every write fails, also to files that are open: the immutable flag, on all there is but SQLite's shared index. That one is mapped into
    /// memory, and a process that writes to a map which the disk refuses is ended by the kernel (SIGBUS), not told: decision 0023.
    /// </summary>
    public Task Freeze() => Command.Try("find", Path, "-not", "-name", "*-shm", "-exec", "chattr", "+i", "{}", "+");

    public Task Thaw() => Command.Try("chattr", "-R", "-i", Path);

    public async ValueTask DisposeAsync()
    {
        await Thaw();
        await Command.Try("umount", Path);
        File.Delete(image);
    }
}
