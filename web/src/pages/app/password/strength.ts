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
