// Where the KeePass family keeps one-time-code seeds: KeePassXC's `otp`, the older plug-ins' `TOTP Seed` and `TOTP
// Settings`, KeePass 2's own `TimeOtp-…`. All of them become one text that normalizeTotp reads.
import { toBase32 } from "../../protocol/base32.ts";

/** RFC 4648. */
const base32 = (bytes: Uint8Array<ArrayBuffer>): string => toBase32("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", bytes);

type FieldReader = (name: string) => string;

/** These fields never show up as custom ones. */
export const seedFields: ReadonlySet<string> = new Set([
  "otp", "TOTP Seed", "TOTP Settings", "TimeOtp-Secret", "TimeOtp-Secret-Hex", "TimeOtp-Secret-Base32", "TimeOtp-Secret-Base64", "TimeOtp-Period", "TimeOtp-Length", "TimeOtp-Algorithm",
]);

export function seedOf(field: FieldReader): string {
  return field("otp") || trayTotp(field) || timeOtp(field);
}

/** "30;6", "60;8;…" or "30;S" for Steam. */
function trayTotp(field: FieldReader): string {
  const seed = field("TOTP Seed");
  if (seed === "") return "";
  const [period, size] = field("TOTP Settings").split(";");
  if (size?.toUpperCase() === "S") return `steam://${seed}`;
  return address(seed, period || "30", size || "6", "SHA1");
}

function timeOtp(field: FieldReader): string {
  const seed = field("TimeOtp-Secret-Base32") || encoded(field);
  if (seed === "") return "";
  return address(seed, field("TimeOtp-Period") || "30", field("TimeOtp-Length") || "6", field("TimeOtp-Algorithm") || "SHA1");
}

function encoded(field: FieldReader): string {
  const [text, hex, base64] = [field("TimeOtp-Secret"), field("TimeOtp-Secret-Hex"), field("TimeOtp-Secret-Base64")];
  if (text !== "") return base32(new TextEncoder().encode(text));
  if (/^([0-9a-f]{2})+$/i.test(hex)) return base32(Uint8Array.from(hex.match(/../g)!, (pair) => parseInt(pair, 16)));
  try {
    return base64 === "" ? "" : base32(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
  } catch {
    return base64;
  }
}

const address = (secret: string, period: string, digits: string, algorithm: string): string =>
  `otpauth://totp/?${new URLSearchParams({ secret: secret.replace(/\s/g, ""), period, digits, algorithm }).toString()}`;
