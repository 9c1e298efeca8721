using Baton.Cli.Import;
using Baton.Cli.Import.Kdbx;
using Baton.Client.Sealing;

namespace Baton.EndToEnd.Tests.Cli.KeePass;

public sealed class ReadTests
{
    // As KeePassXC exports it: what an agency's database holds, and what has no place in the vault.
    private const string Agency = """
        <?xml version="1.0" encoding="UTF-8"?>
        <KeePassFile><Meta><DatabaseName>Agency</DatabaseName><RecycleBinEnabled>True</RecycleBinEnabled><RecycleBinUUID>AQAAAAAAAAAAAAAAAAAAAA==</RecycleBinUUID></Meta>
        <Root><Group><UUID>AgAAAAAAAAAAAAAAAAAAAA==</UUID><Name>Agency</Name>
          <Entry><UUID>AwAAAAAAAAAAAAAAAAAAAA==</UUID><Tags>aws,prod</Tags>
            <Times><CreationTime>2020-01-01T00:00:00Z</CreationTime><LastModificationTime>2022-03-01T00:00:00Z</LastModificationTime><ExpiryTime>2030-01-01T00:00:00Z</ExpiryTime><Expires>True</Expires></Times>
            <String><Key>Title</Key><Value>Panel</Value></String><String><Key>UserName</Key><Value>ewa</Value></String>
            <String><Key>Password</Key><Value ProtectInMemory="True">third</Value></String><String><Key>URL</Key><Value>https://panel.example</Value></String>
            <String><Key>Notes</Key><Value>first&#10;second</Value></String>
            <String><Key>otp</Key><Value ProtectInMemory="True">otpauth://totp/x:ewa?secret=JBSWY3DPEHPK3PXP&amp;period=30&amp;digits=6&amp;issuer=x</Value></String>
            <String><Key>PIN</Key><Value ProtectInMemory="True">0042</Value></String><String><Key>Region</Key><Value>eu</Value></String>
            <AutoType><Enabled>True</Enabled><DataTransferObfuscation>0</DataTransferObfuscation><DefaultSequence/><Association><Window>*</Window><KeystrokeSequence>x</KeystrokeSequence></Association></AutoType>
            <History>
              <Entry><UUID>AwAAAAAAAAAAAAAAAAAAAA==</UUID><Times><LastModificationTime>2020-01-01T00:00:00Z</LastModificationTime></Times><String><Key>Password</Key><Value ProtectInMemory="True">first</Value></String></Entry>
              <Entry><UUID>AwAAAAAAAAAAAAAAAAAAAA==</UUID><Times><LastModificationTime>2021-01-01T00:00:00Z</LastModificationTime></Times><String><Key>Password</Key><Value ProtectInMemory="True">second</Value></String></Entry>
              <Entry><UUID>AwAAAAAAAAAAAAAAAAAAAA==</UUID><Times><LastModificationTime>2022-01-01T00:00:00Z</LastModificationTime></Times><String><Key>Password</Key><Value ProtectInMemory="True">third</Value></String></Entry>
            </History></Entry>
          <Group><UUID>BAAAAAAAAAAAAAAAAAAAAA==</UUID><Name>Servers</Name><Notes>ours</Notes>
            <Group><UUID>BQAAAAAAAAAAAAAAAAAAAA==</UUID><Name>Production</Name>
              <Entry><UUID>BgAAAAAAAAAAAAAAAAAAAA==</UUID><String><Key>Title</Key><Value>db1</Value></String><String><Key>URL</Key><Value>ssh://db1.example</Value></String>
                <String><Key>UserName</Key><Value>{REF:U@I:03000000000000000000000000000000}</Value></String><String><Key>Password</Key><Value ProtectInMemory="True">{REF:P@I:FF000000000000000000000000000000}</Value></String>
                <String><Key>TOTP Seed</Key><Value ProtectInMemory="True">jbsw y3dp ehpk 3pxp</Value></String><String><Key>TOTP Settings</Key><Value>60;8</Value></String></Entry>
            </Group></Group>
          <Group><UUID>AQAAAAAAAAAAAAAAAAAAAA==</UUID><Name>Recycle Bin</Name><Entry><UUID>BwAAAAAAAAAAAAAAAAAAAA==</UUID><String><Key>Title</Key><Value>Gone</Value></String></Entry></Group>
        </Group></Root></KeePassFile>
        """;

    [Fact]
    public async Task A_database_of_KeePassXC_comes_in_whole_and_what_does_not_is_told()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var keepass = new KeePassXc();
        var database = await keepass.Make(Agency, cancel);
        await File.WriteAllBytesAsync(keepass.PathOf("a.kdbx"), database, cancel);
        await File.WriteAllBytesAsync(keepass.PathOf("plan.bin"), [0, 1, 2, 255], cancel);
        await KeePassXc.Run(["attachment-import", keepass.PathOf("a.kdbx"), "Panel", "plan.bin", keepass.PathOf("plan.bin")], [KeePassXc.Password], cancel);

        var read = ForeignFile.Read(keepass.PathOf("a.kdbx"), () => KeePassXc.Password, null);
        Assert.Equal("KeePass (KDBX 3.1)", read.Format);
        Assert.Equal(
            [
                "1 entry in the recycle bin", "1 entry's earlier versions, but for the passwords", "1 entry's auto-type", "1 group's notes",
                "1 reference to another entry that leads nowhere; it stays as written",
            ],
            read.Lost);
        Assert.Equal(2, read.Entries.Count);
        var panel = read.Entries[0];
        Assert.Equal(("login", "Panel", "https://panel.example", "ewa", "third", "first\nsecond"), (panel.Type, panel.Title, panel.Url, panel.Username, panel.Password, panel.Notes));
        Assert.Equal("otpauth://totp/x%3Aewa?secret=JBSWY3DPEHPK3PXP", panel.Totp);
        Assert.Equal([new EntryField("PIN", "0042", "hidden"), new EntryField("Region", "eu", "text")], panel.Fields);
        Assert.Equal([new PortableOldPassword("second", Milliseconds("2022-01-01")), new PortableOldPassword("first", Milliseconds("2021-01-01"))], panel.Old);
        Assert.Equal(["aws", "prod"], panel.Tags);
        Assert.Null(panel.Folder);
        Assert.Equal(Milliseconds("2022-01-01"), panel.PasswordChanged);
        Assert.Equal((Milliseconds("2020-01-01"), Milliseconds("2030-01-01")), (panel.Created, panel.Expires));
        var file = Assert.Single(panel.Files!);
        Assert.Equal("plan.bin", file.Name);
        Assert.Equal([0, 1, 2, 255], file.Bytes);
        var server = read.Entries[1];
        Assert.Equal(("server", "ewa", "{REF:P@I:FF000000000000000000000000000000}"), (server.Type, server.Username, server.Password));
        Assert.Equal("otpauth://totp/db1?secret=JBSWY3DPEHPK3PXP&digits=8&period=60", server.Totp);
        Assert.Equal(["Servers", "Production"], server.Folder);
    }

    [Fact]
    public async Task A_database_with_a_key_file_opens_with_both()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var keepass = new KeePassXc();
        var (database, key) = (keepass.PathOf("k.kdbx"), keepass.PathOf("k.keyx"));
        await KeePassXc.Run(["db-create", "--set-password", "--set-key-file", key, "-t", "100", database], [KeePassXc.Password, KeePassXc.Password], cancel);
        await KeePassXc.Run(["add", "-k", key, "-u", "ewa", database, "Panel"], [KeePassXc.Password], cancel);
        var keyFile = await File.ReadAllBytesAsync(key, cancel);
        Assert.Equal("ewa", Assert.Single(ForeignFile.Read(database, () => KeePassXc.Password, keyFile).Entries).Username);
        Assert.Contains("--key-file", Assert.Throws<Baton.Cli.CommandFailedException>(() => ForeignFile.Read(database, () => KeePassXc.Password, null)).Hint, StringComparison.Ordinal);

        var alone = keepass.PathOf("alone.kdbx");
        await File.WriteAllBytesAsync(keepass.PathOf("any.png"), [.. Enumerable.Range(0, 500).Select(i => (byte)i)], cancel);
        await KeePassXc.Run(["db-create", "--set-key-file", keepass.PathOf("any.png"), "-t", "100", alone], [], cancel);
        Assert.Empty(ForeignFile.Read(alone, () => "", await File.ReadAllBytesAsync(keepass.PathOf("any.png"), cancel)).Entries);
    }

    [Theory]
    [InlineData("JBSWY3DPEHPK3PXP", "otp", "key=jbswy3dpehpk3pxp&step=60&size=8", "&digits=8&period=60")]
    [InlineData("JBSWY3DPEHPK3PXP", "TimeOtp-Secret-Hex", "48656c6c6f21deadbeef", "")]
    [InlineData("JBSWY3DPEHPK3PXP", "TimeOtp-Secret-Base64", "SGVsbG8h3q2+7w==", "")]
    [InlineData("NBSWY3DPEBUGKZLX", "TimeOtp-Secret", "hello heew", "")]
    public void Seeds_are_known_in_every_spelling(string seed, string name, string value, string rest)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value };
        Assert.Equal($"otpauth://totp/T?secret={seed}{rest}", KdbxTotp.Take(values, "T"));
        Assert.Empty(values);
    }

    [Fact]
    public void A_seed_that_makes_no_codes_stays_a_field()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["TOTP Seed"] = "JBSWY3DPEHPK3PXP", ["TOTP Settings"] = "30;S" };
        Assert.Null(KdbxTotp.Take(values, "T"));
        Assert.Equal(2, values.Count);
    }

    private static long Milliseconds(string day) => DateTimeOffset.Parse(day + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
