using System.Security.Cryptography;
using Baton.Client.Api;
using Baton.Client.Keys;
using Baton.Client.Vault;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.EndToEnd.Tests.VaultPages;

/// <summary>Many entries at once in the member's personal group, written by the C# client.</summary>
internal static class Seed
{
    public static async Task Entries(Product product, int count, CancellationToken cancel)
    {
        Assert.True(ServerAddress.TryParse(product.Origin, out var server));
        using var api = new BatonApi(server);
        Assert.True((await api.SignInParameters(AppDriver.Email, cancel)).TryGet(out var parameters, out _));
        Assert.True(MasterPassword.TryStretch(AppDriver.Password, parameters, out var password));
        using (password)
        {
            Assert.True((await api.SignIn(new SignIn(AppDriver.Email, password.AuthKey), cancel)).TryGet(out var session, out _));
            Assert.True(UnlockedMember.TryUnlock(session, password.WrapKey, out var member));
            using (member)
            {
                var entries = new VaultEntries(api, member);
                foreach (var some in Enumerable.Range(0, count).Chunk(VaultEntries.MostChanges))
                {
                    var written = await entries.Change([.. some.Select(i => VaultEntries.Save(member.Personal!, new Id(RandomNumberGenerator.GetBytes(Id.Size)), 0, Entry(i)))], cancel);
                    Assert.True(written.TryGet(out _, out _));
                }
            }
        }
    }

    private static VaultEntry Entry(int i) => new(i % 5 == 0 ? "server" : "login", $"{(i % 2 == 0 ? "Panel" : "Łącze")} {i}")
    {
        Url = $"https://host{i}.example/admin",
        Username = $"user{i}@klient{i % 50}.example",
        Password = $"p-{i}-Zażółć",
        Notes = string.Concat(Enumerable.Repeat("Notatka o dostępie. ", i % 7)),
        Folder = [$"Klient {i % 40}"],
        Tags = i % 10 == 0 ? ["aws"] : null,
    };
}
