// One-time-code seeds as people have them → the otpauth://totp address of spec/handover.md §2.

export type TotpProblem = "counter" | "steam" | "secret" | "digits" | "period" | "algorithm";
export type TotpResult = { ok: true; uri: string } | { ok: false; problem: TotpProblem };

const defaults = { algorithm: "SHA1", digits: 6, period: 30 };

/** Takes an otpauth address, KeePass's "key=…&step=…&size=…" or a bare base32 seed, with the spaces and hyphens sites print in it. */
export function normalizeTotp(text: string, label: string): TotpResult {
  const trimmed = text.trim();
  if (/^steam:\/\//i.test(trimmed)) return { ok: false, problem: "steam" };
  if (/^otpauth:\/\//i.test(trimmed)) return fromAddress(trimmed, label);
  if (/(^|&)key=/i.test(trimmed)) {
    const given = new URLSearchParams(trimmed);
    return build(label, given.get("key") ?? "", given.get("otpHashMode"), given.get("size"), given.get("step"));
  }
  return build(label, trimmed, null, null, null);
}

function fromAddress(text: string, label: string): TotpResult {
  const parts = /^otpauth:\/\/([a-z]+)\/?([^?#]*)\??([^#]*)/i.exec(text);
  if (!parts || parts[1]!.toLowerCase() !== "totp") return { ok: false, problem: "counter" };
  const given = new URLSearchParams(parts[3]);
  if (given.get("encoder")) return { ok: false, problem: "steam" };
  return build(readLabel(parts[2]!) || label, given.get("secret") ?? "", given.get("algorithm"), given.get("digits"), given.get("period"));
}

function readLabel(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

function build(label: string, secret: string, algorithm: string | null, digits: string | null, period: string | null): TotpResult {
  const seed = secret.replace(/[\s-]/g, "").replace(/=+$/, "").toUpperCase();
  if (!/^[A-Z2-7]{8,}$/.test(seed)) return { ok: false, problem: "secret" };

  const hash = (algorithm || defaults.algorithm).toUpperCase().replace(/^(HMAC-?)?SHA-?/, "SHA");
  if (!["SHA1", "SHA256", "SHA512"].includes(hash)) return { ok: false, problem: "algorithm" };

  const length = wholeNumber(digits, defaults.digits);
  if (length < 6 || length > 8) return { ok: false, problem: "digits" };

  const step = wholeNumber(period, defaults.period);
  if (step < 5 || step > 600) return { ok: false, problem: "period" };

  let query = `secret=${seed}`;
  if (hash !== defaults.algorithm) query += `&algorithm=${hash}`;
  if (length !== defaults.digits) query += `&digits=${length}`;
  if (step !== defaults.period) query += `&period=${step}`;
  return { ok: true, uri: `otpauth://totp/${encodeURIComponent(label)}?${query}` };
}

/** The number, its default where nothing is given, NaN-free: anything that is not plain digits becomes -1 and so out of every range. */
function wholeNumber(text: string | null, otherwise: number): number {
  if (text === null || text === "") return otherwise;
  return /^\d{1,4}$/.test(text) ? Number(text) : -1;
}
