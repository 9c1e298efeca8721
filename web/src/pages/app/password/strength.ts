// How hard a password is to guess: zxcvbn, loaded when the first password is typed.
import { useEffect, useState } from "preact/hooks";

/** 0 very weak to 4 strong. */
export type Score = 0 | 1 | 2 | 3 | 4;

let loading: Promise<(password: string, own: string[]) => Score> | null = null;

/** `own` are words that belong to the person: guesses start with them. */
export async function strength(password: string, own: string[]): Promise<Score> {
  loading ??= import("./estimate.ts").then(({ estimate }) => estimate);
  loading.catch(() => (loading = null));
  return (await loading)(password, own);
}

/** The score of what is typed now; null before there is anything to score. */
export function useStrength(password: string, own: string[] = []): Score | null {
  const [scored, setScored] = useState<{ password: string; score: Score } | null>(null);
  useEffect(() => {
    if (password === "") return setScored(null);
    let current = true;
    strength(password, own).then(
      (score) => current && setScored({ password, score }),
      () => current && setScored(null),
    );
    return () => {
      current = false;
    };
  }, [password, own.join("\n")]);
  return scored?.score ?? null;
}

/** The score of a password that is sent off now, however shortly ago it was typed; null where it can't be estimated. */
export const strengthNow = (password: string, own: string[]): Promise<Score | null> => (password === "" ? Promise.resolve(null) : strength(password, own).catch(() => null));

/** The same of its bits. */
export const bitsNow = (password: string, own: string[]): Promise<number | null> =>
  password === "" ? Promise.resolve(null) : import("./estimate.ts").then(({ bitsOf }) => bitsOf(password, own)).catch(() => null);

/** What of the password a policy counts; null before there is anything to count. */
export function useBits(password: string, own: string[] = []): number | null {
  const [counted, setCounted] = useState<{ password: string; bits: number } | null>(null);
  useEffect(() => {
    if (password === "") return setCounted(null);
    let current = true;
    import("./estimate.ts").then(
      ({ bitsOf }) => current && setCounted({ password, bits: bitsOf(password, own) }),
      () => current && setCounted(null),
    );
    return () => {
      current = false;
    };
  }, [password, own.join("\n")]);
  return counted?.password === password ? counted.bits : null;
}
