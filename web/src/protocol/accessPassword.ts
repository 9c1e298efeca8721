// What the recipient hears on a second channel, brought into one form. spec/keys.md §4.

const space = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ends = new RegExp(`^[${space}]+|[${space}]+$`, "g");
const runs = new RegExp(`[${space}\\-–—.,_]+`, "g");

/** normal(password): telephones and keyboards change exactly what this makes equal. Strength is measured on the result. */
export const normalPassword = (password: string): string =>
  password
    .normalize("NFKC")
    .replace(ends, "")
    .replace(runs, "-")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Argon2id for access passwords, fixed by the version: nothing a server can lower. */
export const accessPasswordCost = { memoryKiB: 19_456, passes: 2 } as const;
