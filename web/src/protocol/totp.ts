// One-time codes: RFC 6238 out of an otpauth://totp/ address.
import { fromBase32 } from "./base32.ts";
import { uint64 } from "./bytes.ts";

export interface Totp {
  /** base32, as an authenticator wants it typed */
  secret: string;
  period: number;
  /** the code of this period since 1970 */
  code: (step: number) => Promise<string>;
}

/** Undefined for what is no such address. */
export function parseTotp(address: string): Totp | undefined {
  const given = new URLSearchParams(/^otpauth:\/\/totp\/.*?\?(.*)$/i.exec(address)?.[1]);
  const secret = (given.get("secret") ?? "").replace(/[\s=-]/g, "").toUpperCase();
  const seed = fromBase32("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", secret);
  const digits = Number(given.get("digits") ?? 6);
  const period = Number(given.get("period") ?? 30);
  const hash = /^SHA-?(1|256|512)$/i.exec(given.get("algorithm") ?? "SHA1");
  if (!seed?.length || !hash || !(digits >= 6 && digits <= 8) || !(period >= 5 && period <= 300)) return undefined;
  return {
    secret,
    period,
    code: async (step) => {
      const key = await crypto.subtle.importKey("raw", seed, { name: "HMAC", hash: "SHA-" + hash[1] }, false, ["sign"]);
      const mac = new DataView(await crypto.subtle.sign("HMAC", key, uint64(step)));
      const number = mac.getUint32(mac.getUint8(mac.byteLength - 1) & 15) & 0x7fffffff;
      return String(number % 10 ** digits).padStart(digits, "0");
    },
  };
}
