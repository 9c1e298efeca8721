using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Cli;
using Baton.Cli.Import;
using Baton.Cli.Import.Bitwarden;
using Baton.Cli.Import.Kdbx;
using Baton.Client.Sealing;

namespace Baton.EndToEnd.Tests.Cli;

public sealed class ForeignFileTests
{
    private const string Bitwarden = """
        {"encrypted":false,"folders":[{"id":"f1","name":"Klienci/Żuraw"}],"items":[
          {"id":"i1","folderId":"f1","type":1,"name":"Panel","notes":"n","favorite":true,"reprompt":0,"creationDate":"2020-01-01T00:00:00.000Z","revisionDate":"2022-01-01T00:00:00.000Z","deletedDate":null,
           "fields":[{"name":"PIN","value":"0042","type":1},{"name":"Region","value":"eu","type":0},{"name":"Linked","value":null,"type":3,"linkedId":100}],
           "login":{"uris":[{"match":null,"uri":"https://panel.example"},{"match":null,"uri":"https://other.example"}],"username":"ewa","password":"third","totp":"JBSWY3DPEHPK3PXP","passwordRevisionDate":"2021-01-01T00:00:00.000Z","fido2Credentials":[{"credentialId":"x"}]},
           "passwordHistory":[{"lastUsedDate":"2021-01-01T00:00:00.000Z","password":"second"}]},
          {"id":"i2","type":2,"name":"Alarm","notes":"the code is 1234","secureNote":{"type":0}},
          {"id":"i3","type":3,"name":"Visa","card":{"cardholderName":"Ewa","brand":"Visa","number":"4111","expMonth":"1","expYear":"2030","code":"123"}},
          {"id":"i4","type":5,"name":"Key","sshKey":{"privateKey":"-----BEGIN OPENSSH PRIVATE KEY-----\nA","publicKey":"ssh-ed25519 A"}},
          {"id":"i5","type":1,"name":"Gone","deletedDate":"2022-01-01T00:00:00.000Z","login":{}}]}
        """;

    [Fact]
    public void Bitwardens_export_comes_in_whole_and_what_does_not_is_told()
    {
        var read = Read("x.json", Encoding.UTF8.GetBytes(Bitwarden));
        AssertBitwarden(read);
        Assert.Equal(["1 items in the trash", "1 items' passkeys", "attachments, if there were any: only Bitwarden's .zip export has them"], read.Lost);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Bitwardens_password_opens_its_protected_export(int kind)
    {
        var locked = Locked(kind, "zażółć");
        AssertBitwarden(Read("x.json", locked, "zażółć"));
        Assert.Equal("The password is not the one of this Bitwarden export.", Assert.Throws<CommandFailedException>(() => Read("x.json", locked, "wrong")).Message);
    }

    [Fact]
    public void An_export_that_only_its_account_opens_is_refused_with_the_remedy() =>
        Assert.Contains("Password protected", Assert.Throws<CommandFailedException>(() => Read("x.json", """{"encrypted":true,"items":[]}"""u8.ToArray())).Hint, StringComparison.Ordinal);

    [Fact]
    public void An_effort_beyond_reason_is_refused()
    {
        var export = """{"encrypted":true,"passwordProtected":true,"salt":"s","kdfType":1,"kdfIterations":3,"kdfMemory":16384,"kdfParallelism":4,"encKeyValidation_DO_NOT_EDIT":"2.a|b|c","data":"2.a|b|c"}"""u8.ToArray();
        Assert.Contains("16384 MiB", Assert.Throws<CommandFailedException>(() => Read("x.json", export, "k")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bitwardens_archive_brings_its_attachments()
    {
        var read = Read("x.zip", Zip(("data.json", Bitwarden), ("attachments/i1/plan.txt", "the plan")));
        AssertBitwarden(read);
        var file = Assert.Single(read.Entries[0].Files!);
        Assert.Equal(("plan.txt", "the plan"), (file.Name, Encoding.UTF8.GetString(file.Bytes)));
    }

    [Fact]
    public void A_1pux_archive_comes_in_whole()
    {
        const string export = """
            {"accounts":[{"attrs":{"name":"Ewa"},"vaults":[{"attrs":{"name":"Shared"},"items":[
              {"uuid":"u1","favIndex":1,"createdAt":1600000000,"updatedAt":1700000000,"state":"active","categoryUuid":"001",
               "details":{"loginFields":[{"value":"ewa","id":"","name":"username","fieldType":"T","designation":"username"},{"value":"third","id":"","name":"password","fieldType":"P","designation":"password"}],
                 "notesPlain":"n","sections":[{"title":"More","name":"s1","fields":[{"title":"one-time password","id":"TOTP_1","value":{"totp":"otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"}},{"title":"PIN","id":"p","value":{"concealed":"0042"}},
                   {"title":"since","id":"d","value":{"date":1577880000}},{"title":"plan","id":"f","value":{"file":{"fileName":"plan.txt","documentId":"doc1","decryptedSize":8}}}]}],
                 "passwordHistory":[{"value":"second","time":1650000000}]},
               "overview":{"subtitle":"","title":"Panel","url":"https://panel.example","urls":[{"label":"","url":"https://panel.example"},{"label":"","url":"https://other.example"}],"tags":["aws"]}},
              {"uuid":"u2","favIndex":0,"state":"archived","categoryUuid":"110","details":{"loginFields":[],"sections":[{"title":"","name":"","fields":[{"title":"URL","id":"url","value":{"string":"db1.example"}},{"title":"username","id":"username","value":{"string":"root"}},{"title":"password","id":"password","value":{"concealed":"hunter2"}}]}]},"overview":{"title":"db1"}},
              {"uuid":"u3","categoryUuid":"006","details":{"documentAttributes":{"fileName":"gone.pdf","documentId":"doc2","decryptedSize":1}},"overview":{"title":"Contract"}}]}]}]}
            """;
        var read = Read("x.1pux", Zip(("export.attributes", "{}"), ("export.data", export), ("files/doc1___plan.txt", "the plan")));
        Assert.Equal(["1 files that the archive lacks"], read.Lost);
        var panel = read.Entries[0];
        Assert.Equal(("login", "Panel", "https://panel.example", "ewa", "third", "n"), (panel.Type, panel.Title, panel.Url, panel.Username, panel.Password, panel.Notes));
        Assert.Equal("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP", panel.Totp);
        Assert.Equal([new EntryField("PIN", "0042", "hidden"), new EntryField("since", "2020-01-01", "date"), new EntryField("URL 2", "https://other.example", "link")], panel.Fields);
        Assert.Equal(["Shared"], panel.Folder);
        Assert.Equal((true, 1_600_000_000_000, 1_650_000_000_000), (panel.Favourite, panel.Created, panel.PasswordChanged));
        Assert.Equal("second", Assert.Single(panel.Old!).Password);
        Assert.Equal("the plan", Encoding.UTF8.GetString(Assert.Single(panel.Files!).Bytes));
        var server = read.Entries[1];
        Assert.Equal(("server", "db1.example", "root", "hunter2"), (server.Type, server.Url, server.Username, server.Password));
        Assert.Equal(["archived"], server.Tags);
    }

    [Fact]
    public void A_CSV_brings_folders_tags_and_times_and_names_the_columns_it_leaves()
    {
        var keepass = Read("x.csv", "\"Group\",\"Title\",\"Password\",\"Icon\",\"Last Modified\",\"Created\",\"Colour\"\n\"Root/Klienci/Żuraw\",\"T\",\"p\",\"0\",\"2022-01-01T00:00:00Z\",\"2020-01-01T00:00:00Z\",\"red\"\n"u8.ToArray());
        Assert.Equal(["Klienci", "Żuraw"], keepass.Entries[0].Folder);
        Assert.Equal(1_577_836_800_000, keepass.Entries[0].Created);
        Assert.Equal(["the column \"Colour\""], keepass.Lost);
        var lastPass = Assert.Single(Read("x.csv", "url,username,password,totp,extra,name,grouping,fav\nhttps://x,u,p,,n,T,Work\\Web,1\n"u8.ToArray()).Entries);
        Assert.Equal(["Work", "Web"], lastPass.Folder);
        Assert.True(lastPass.Favourite);
        Assert.Equal(["a", "b"], Assert.Single(Read("x.csv", "Title,Password,Tags\nT,p,\"a, b\"\n"u8.ToArray()).Entries).Tags);
    }

    [Theory]
    [InlineData("", "names no column")]
    [InlineData("{}", "holds no entries")]
    [InlineData("{\"encrypted\":", "holds no entries")]
    [InlineData("PK\u0003\u0004 and then nothing", "archive is damaged")]
    [InlineData("\u0000\u00ff", "names no column")]
    public void What_is_nothing_known_is_refused_in_words(string text, string words) =>
        Assert.Contains(words, Assert.Throws<CommandFailedException>(() => Read("x", Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_of_KeePass_1_is_named_as_such() =>
        Assert.Contains("KeePass 1", Assert.Throws<CommandFailedException>(() => Read("x", Convert.FromHexString("03D9A29A65FB4BB500000000"))).Message, StringComparison.Ordinal);

    private static void AssertBitwarden(PortableFileContent read)
    {
        Assert.Equal(["login", "note", "card", "server"], read.Entries.Select(entry => entry.Type));
        var panel = read.Entries[0];
        Assert.Equal(("Panel", "https://panel.example", "ewa", "third", "n", "otpauth://totp/Panel?secret=JBSWY3DPEHPK3PXP"), (panel.Title, panel.Url, panel.Username, panel.Password, panel.Notes, panel.Totp));
        Assert.Equal([new EntryField("URL 2", "https://other.example", "link"), new EntryField("PIN", "0042", "hidden"), new EntryField("Region", "eu", "text")], panel.Fields);
        Assert.Equal(["Klienci", "Żuraw"], panel.Folder);
        Assert.Equal((true, 1_577_836_800_000, 1_609_459_200_000), (panel.Favourite, panel.Created, panel.PasswordChanged));
        Assert.Equal("second", Assert.Single(panel.Old!).Password);
        Assert.Contains(new EntryField("Cardholder name", "Ewa", "text"), read.Entries[2].Fields!);
        Assert.Contains(new EntryField("Code", "123", "hidden"), read.Entries[2].Fields!);
        Assert.Equal("key", read.Entries[3].Fields![0].Kind);
    }

    // As Bitwarden's own description has it, made here step by step.
    private static byte[] Locked(int kind, string password)
    {
        var salt = "c2FsdCBvZiBhIHRlc3Q="u8.ToArray();
        var key = kind == 0
            ? Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, 600_000, HashAlgorithmName.SHA256, 32)
            : LibArgon2.Hash(Argon2Type.Id, 0x13, Encoding.UTF8.GetBytes(password), SHA256.HashData(salt), 64 * 1024, 3, 4);
        string Text(byte[] plain)
        {
            using var aes = Aes.Create();
            aes.Key = HKDF.Expand(HashAlgorithmName.SHA256, key, 32, "enc"u8.ToArray());
            var ciphertext = aes.EncryptCbc(plain, aes.IV);
            var mac = HMACSHA256.HashData(HKDF.Expand(HashAlgorithmName.SHA256, key, 32, "mac"u8.ToArray()), (byte[])[.. aes.IV, .. ciphertext]);
            return $"2.{Base64.Encode(aes.IV)}|{Base64.Encode(ciphertext)}|{Base64.Encode(mac)}";
        }

        var validation = Text("3f2c0f3e-6f0e-4b0a-9b1e-0a1b2c3d4e5f"u8.ToArray());
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["encrypted"] = true, ["passwordProtected"] = true, ["salt"] = Encoding.UTF8.GetString(salt), ["kdfType"] = kind, ["kdfIterations"] = kind == 0 ? 600_000 : 3,
            ["kdfMemory"] = 64, ["kdfParallelism"] = 4, ["encKeyValidation_DO_NOT_EDIT"] = validation, ["data"] = Text(Encoding.UTF8.GetBytes(Bitwarden)),
        });
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private static PortableFileContent Read(string name, byte[] bytes, string password = "")
    {
        var folder = Directory.CreateTempSubdirectory("baton-foreign-").FullName;
        try
        {
            var path = Path.Combine(folder, name);
            File.WriteAllBytes(path, bytes);
            return ForeignFile.Read(path, () => password, null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
