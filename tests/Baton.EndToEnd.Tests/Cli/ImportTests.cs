using Baton.Cli;
using Baton.Cli.Import;
using Baton.Client.Sealing;
using Xunit;

namespace Baton.EndToEnd.Tests.Cli;

public sealed class ImportTests
{
    [Fact]
    public void The_example_holds_twelve_logins_as_KeePassXC_exports_them()
    {
        var entries = CsvEntries.Read(File.ReadAllText(Path.Combine(Repository.Folder, "examples", "handover.csv"))).Entries;
        Assert.Equal(12, entries.Count);
        Assert.Equal("Zażółć gęślą jaźń, 73 \"kaczki\" & <gęsi>", entries[0].Password);
        Assert.Equal("otpauth://totp/Panel%20sklepu%20%E2%80%93%20administrator%3Aewa.zak%40pracownia-zuraw.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", entries[0].Totp);
        Assert.Contains("\n\nPo przejęciu", entries[0].Notes, StringComparison.Ordinal);
        Assert.Equal(["server", "server", "database", "login"], entries.Skip(3).Take(4).Select(entry => entry.Type), StringComparer.Ordinal);
        Assert.Equal(" spacja na początku i końcu ", entries[7].Password);
        Assert.EndsWith("&algorithm=SHA256&digits=8&period=60", entries[6].Totp, StringComparison.Ordinal);
        Assert.Equal(2, entries.Count(entry => entry.Type == "mailbox"));
        Assert.All(entries, entry => Assert.Null(entry.Fields));
    }

    [Theory]
    [InlineData("KeePassXC", "\"Group\",\"Title\",\"Username\",\"Password\",\"URL\",\"Notes\",\"TOTP\",\"Icon\",\"Last Modified\",\"Created\"\n\"Root\",\"T\",\"u\",\"p\",\"https://x\",\"n\",\"\",\"0\",\"2026-01-01T00:00:00Z\",\"2026-01-01T00:00:00Z\"\n")]
    [InlineData("Bitwarden", "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\nWork,,login,T,n,,0,https://x,u,p,\n")]
    [InlineData("1Password", "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\nT,https://x,u,p,,false,false,,n\n")]
    [InlineData("LastPass", "url,username,password,totp,extra,name,grouping,fav\nhttps://x,u,p,,n,T,Work,0\n")]
    [InlineData("Chrome", "name,url,username,password,note\nT,https://x,u,p,n\n")]
    [InlineData("a list of one's own, from a Polish spreadsheet", "\uFEFFNazwa;Adres;Użytkownik;Hasło;Uwagi\r\nT;https://x;u;p;n\r\n")]
    public void An_export_is_read_by_its_column_names(string exporter, string csv)
    {
        Assert.NotEmpty(exporter);
        var entry = Assert.Single(CsvEntries.Read(csv).Entries);
        Assert.Equal(("login", "T", "https://x", "u", "p", "n"), (entry.Type, entry.Title, entry.Url, entry.Username, entry.Password, entry.Notes));
    }

    [Fact]
    public void Firefox_names_no_titles_so_the_host_is_one()
    {
        var csv = "\"url\",\"username\",\"password\",\"httpRealm\",\"formActionOrigin\",\"guid\",\"timeCreated\",\"timeLastUsed\",\"timePasswordChanged\"\n"
            + "\"https://www.panel.example:8443\",\"u\",\"p\",,\"https://panel.example\",\"{1}\",\"1\",\"2\",\"3\"\n";
        var entry = Assert.Single(CsvEntries.Read(csv).Entries);
        Assert.Equal(("panel.example", "https://www.panel.example:8443"), (entry.Title, entry.Url));
        Assert.Null(entry.Fields);
    }

    [Fact]
    public void Bitwardens_fields_and_LastPass_notes_are_kept()
    {
        var bitwarden = Assert.Single(CsvEntries.Read("type,name,notes,fields,login_uri,login_username,login_password\nlogin,T,,\"PIN: 1234\nRegion: eu\",,u,p\n").Entries);
        Assert.Equal([new EntryField("PIN", "1234", "hidden"), new EntryField("Region", "eu", "text")], bitwarden.Fields);
        var note = Assert.Single(CsvEntries.Read("url,username,password,extra,name\nhttp://sn,,,the text,T\n").Entries);
        Assert.Equal(("note", "the text", null), (note.Type, note.Notes, note.Url));
    }

    [Fact]
    public void Quotes_commas_line_ends_and_a_missing_last_line_end_are_read()
    {
        Assert.True(Csv.TryParse("a,b\r\n\"x,\"\"y\"\"\r\nz\",\r\n\r\n,\"\"\rlast,\"1\"", out var rows, out _));
        Assert.Equal([["a", "b"], ["x,\"y\"\r\nz", ""], ["", ""], ["last", "1"]], rows);
        Assert.False(Csv.TryParse("a\nb\n\"c\nd", out _, out var line));
        Assert.Equal(3, line);
    }

    [Theory]
    [InlineData("jbsw y3dp-ehpk 3pxp==", "otpauth://totp/Panel?secret=JBSWY3DPEHPK3PXP")]
    [InlineData("otpauth://totp/a%3Ab?secret=JBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30&issuer=x", "otpauth://totp/a%3Ab?secret=JBSWY3DPEHPK3PXP")]
    [InlineData("otpauth://totp/?secret=JBSWY3DPEHPK3PXP&algorithm=HmacSHA512", "otpauth://totp/Panel?secret=JBSWY3DPEHPK3PXP&algorithm=SHA512")]
    [InlineData("otpauth://hotp/x?secret=JBSWY3DPEHPK3PXP&counter=1", null)]
    [InlineData("steam://JBSWY3DPEHPK3PXP", null)]
    [InlineData("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&digits=12", null)]
    public void A_seed_becomes_an_address_or_is_none(string seed, string? address) => Assert.Equal(address, Totp.Normalize(seed, "Panel"));

    [Fact]
    public void A_seed_that_makes_no_codes_is_not_lost()
    {
        var entry = Assert.Single(CsvEntries.Read("title,totp\nT,steam://JBSWY3DPEHPK3PXP\n").Entries);
        Assert.Null(entry.Totp);
        Assert.Equal([new EntryField("TOTP", "steam://JBSWY3DPEHPK3PXP", "hidden")], entry.Fields);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"entries\":7}")]
    [InlineData("{\"entries\":[null]}")]
    [InlineData("[{\"title\":\"T\",\"pasword\":\"x\"}]")]
    [InlineData("[{\"title\":\"T\",\"totp\":\"no seed!\"}]")]
    [InlineData("[")]
    public void JSON_that_holds_no_entries_is_refused(string json) =>
        Assert.Equal(ExitCode.Input, Assert.Throws<CommandFailedException>(() => EntriesJson.Read(json)).Code);
}
