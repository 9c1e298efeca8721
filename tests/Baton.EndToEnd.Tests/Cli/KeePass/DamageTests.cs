using System.Security.Cryptography;
using Baton.Cli;
using Baton.Cli.Import;
using Baton.Cli.Import.Kdbx;

namespace Baton.EndToEnd.Tests.Cli.KeePass;

public sealed class DamageTests
{
    private const int Seed = 20_261_123;

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_damaged_file_is_refused_in_words_wherever_the_damage_is(int version)
    {
        var whole = await Whole(version);
        Assert.NotEmpty(Read(whole).Entries);
        var dice = new Dice(Seed);
        for (var round = 0; round < (version == 4 ? 400 : 120); round++)
        {
            var damaged = (byte[])whole.Clone();
            switch (round % 3)
            {
                case 0:
                    damaged = damaged[..dice.Below(damaged.Length)];
                    break;
                case 1:
                    damaged[dice.Below(damaged.Length)] ^= (byte)(1 << dice.Below(8));
                    break;
                default:
                    var at = dice.Below(damaged.Length - 8);
                    dice.Fill(damaged.AsSpan(at, 8));
                    break;
            }

            var fault = Record.Exception(() => Read(damaged));
            Assert.True(fault is CommandFailedException { Code: ExitCode.Input } || IsHarmless(damaged, whole), $"seed {Seed}, round {round}: {fault}");
        }
    }

    [Fact]
    public void An_effort_beyond_reason_is_refused_before_it_is_tried()
    {
        var demand = Assert.Throws<CommandFailedException>(() => KdbxKdf.OfArgon2(Argon2Type.D, new byte[32], 16UL << 30, 1, 1));
        Assert.Equal("The file demands 16384 MiB of memory, 1 times over, for Argon2 to open; that is not done here.", demand.Message);
        Assert.Throws<CommandFailedException>(() => KdbxKdf.OfArgon2(Argon2Type.Id, new byte[32], 64 << 20, ulong.MaxValue, 1));
        Assert.Throws<CommandFailedException>(() => KdbxKdf.OfArgon2(Argon2Type.Id, new byte[32], 64 << 20, 1, uint.MaxValue));
        Assert.Throws<CommandFailedException>(() => KdbxKdf.OfAes(new byte[32], ulong.MaxValue));
    }

    [Fact]
    public void A_file_that_would_unpack_to_gigabytes_is_refused()
    {
        var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 20; i++)
            {
                gzip.Write(zeros);
            }
        }

        Assert.Equal("The file unpacks to more than 16 MiB.", Assert.Throws<CommandFailedException>(() => KdbxFile.Unzip(packed.ToArray(), 16 << 20)).Message);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><KeePassFile>&a;</KeePassFile>")]
    [InlineData("<KeePassFile><Root></KeePassFile>")]
    [InlineData("<Other/>")]
    [InlineData("")]
    [InlineData("<KeePassFile><Root><Group><Entry><String><Key>Password</Key><Value Protected=\"True\">not base64!</Value></String></Entry></Group></Root></KeePassFile>")]
    public void Content_that_is_not_KeePass_is_refused(string xml) =>
        Assert.Equal(ExitCode.Input, Assert.Throws<CommandFailedException>(() => KdbxXml.Read(new KdbxFile(4, System.Text.Encoding.UTF8.GetBytes(xml), KeyStream.OfKdbx(3, new byte[64]), [], null))).Code);

    [Fact]
    public void Groups_without_end_are_refused()
    {
        var xml = "<KeePassFile><Root>" + string.Concat(Enumerable.Repeat("<Group>", 5_000)) + string.Concat(Enumerable.Repeat("</Group>", 5_000)) + "</Root></KeePassFile>";
        var file = KdbxFile.Save(KdbxKey.Of("k"), KdbxCipher.Aes256, WriteTests.KdfOf("AES-KDF"), [], _ => System.Text.Encoding.UTF8.GetBytes(xml));
        Assert.Contains("too deep", Assert.Throws<CommandFailedException>(() => KdbxReader.Read(file, KdbxKey.Of("k"))).Message, StringComparison.Ordinal);
    }

    // The streams' own test texts: RFC 8439 §2.4.2 (from block 1 on) and the first vector of Salsa20's set 1 for 256-bit keys.
    [Fact]
    public void The_key_streams_are_those_of_their_papers()
    {
        var chacha = KeyStream.ChaCha20([.. Enumerable.Range(0, 32).Select(i => (byte)i)], Convert.FromHexString("000000000000004a00000000"));
        chacha.Apply(new byte[64]);
        Assert.Equal("224F51F3401BD9E12FDE276FB8631DED", Convert.ToHexString(chacha.Apply(new byte[16])));
        var salsa = KeyStream.Salsa20([0x80, .. new byte[31]], new byte[8]);
        Assert.Equal("E3BE8FDD8BECA2E3EA8EF9475B29A6E7003951E1097A5C38D23B7A5FAD9F6844", Convert.ToHexString(salsa.Apply(new byte[32])));
    }

    private static PortableFileContent Read(byte[] file) => KdbxReader.Read(file, KdbxKey.Of(KeePassXc.Password));

    // Version 3 has a header and a trailing part that nothing guards but the hash in its content.
    private static bool IsHarmless(byte[] damaged, byte[] whole) => Record.Exception(() => Assert.Equal(Read(whole).Entries.Count, Read(damaged).Entries.Count)) is null;

    private static async Task<byte[]> Whole(int version)
    {
        using var keepass = new KeePassXc();
        return version == 4
            ? KdbxWriter.Write("S", [KeePassXc.Everything[1], KeePassXc.Everything[2]], KdbxKey.Of(KeePassXc.Password), KdbxCipher.Aes256, KdbxKdf.OfAes(new byte[32], 10), TimeProvider.System)
            : await keepass.Make("<KeePassFile><Meta/><Root><Group><UUID>AgAAAAAAAAAAAAAAAAAAAA==</UUID><Name>A</Name><Entry><UUID>AwAAAAAAAAAAAAAAAAAAAA==</UUID><String><Key>Password</Key><Value ProtectInMemory=\"True\">p</Value></String></Entry></Group></Root></KeePassFile>", TestContext.Current.CancellationToken);
    }

    /// <summary>Repeatable throws: ChaCha20's stream under the seed.</summary>
    private sealed class Dice(int seed)
    {
        private readonly KeyStream stream = KeyStream.ChaCha20(SHA256.HashData(BitConverter.GetBytes(seed)), new byte[12]);

        public int Below(int limit) => (int)(BitConverter.ToUInt32(stream.Apply(new byte[4])) % (uint)limit);

        public void Fill(Span<byte> bytes) => stream.Apply(bytes).CopyTo(bytes);
    }
}
