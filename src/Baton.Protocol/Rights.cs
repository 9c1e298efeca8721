namespace Baton.Protocol;

/// <summary>What a member is in the organization. The numbers are signed in cards. spec/keys.md §6.</summary>
public enum Role : byte
{
    /// <summary>No member any more.</summary>
    Removed = 0,

    Owner = 1,
    Admin = 2,
    Member = 3,
    Auditor = 4,
}

/// <summary>What a member may do in a group; each includes those before it. The numbers are signed in grants. spec/keys.md §6.</summary>
public enum Right : byte
{
    None = 0,
    History = 1,
    View = 2,
    Edit = 3,
    Share = 4,
    Manage = 5,
}

/// <summary>The words that the wire has for roles and rights.</summary>
public static class Words
{
    private static readonly string[] Roles = ["removed", "owner", "admin", "member", "auditor"];
    private static readonly string[] Rights = ["none", "history", "view", "edit", "share", "manage"];

    /// <summary>removed, owner, admin, member or auditor.</summary>
    public static string Word(this Role role) => Roles[(int)role];

    /// <summary>none, history, view, edit, share or manage.</summary>
    public static string Word(this Right right) => Rights[(int)right];

    /// <summary>Whether a member of this role may sign cards, grants and policies.</summary>
    public static bool MayIssue(this Role role) => role is Role.Owner or Role.Admin;

    /// <summary>The role of a word.</summary>
    public static bool TryRole(string word, out Role role) => TryFind(Roles, word, out role);

    /// <summary>The right of a word; false for none.</summary>
    public static bool TryRight(string word, out Right right) => TryFind(Rights, word, out right) && right != Right.None;

    private static bool TryFind<T>(string[] words, string word, out T value)
        where T : struct, Enum
    {
        var index = Array.IndexOf(words, word);
        value = Enum.GetValues<T>()[Math.Max(index, 0)];
        return index >= 0;
    }
}
