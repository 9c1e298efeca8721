namespace Baton.Server.Storage;

/// <summary>An encrypted file in chunks: all of full size but the last, which is empty only in an empty file. spec/handover.md §3.</summary>
/// <param name="Size">Bytes of ciphertext.</param>
internal readonly record struct FileShape(long Size)
{
    /// <summary>Plaintext of one chunk, and the tag that makes it ciphertext.</summary>
    public const int ChunkSize = 65_536;

    /// <inheritdoc cref="ChunkSize" />
    public const int TagSize = 16;

    /// <summary>A full chunk as it is stored.</summary>
    public const int SealedChunkSize = ChunkSize + TagSize;

    /// <summary>Chunks in one answer.</summary>
    public const int ChunksAtOnce = 16;

    public int Chunks => (int)((Size + SealedChunkSize - 1) / SealedChunkSize);

    public long Plaintext => Size - ((long)Chunks * TagSize);

    /// <summary>Whether a file can have this ciphertext size at all.</summary>
    public bool IsPossible => Size == TagSize || (Size > TagSize && LastChunk > TagSize);

    public int ChunkAt(int chunk) => chunk == Chunks - 1 ? (int)LastChunk : SealedChunkSize;

    private long LastChunk => Size - ((long)(Chunks - 1) * SealedChunkSize);
}
