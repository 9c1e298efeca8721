// A fingerprint in words, to be read out and compared.
import type { JSX } from "preact";

export function Words({ words }: { words: readonly string[] }): JSX.Element {
  return (
    <ol class="fingerprint mono">
      {words.map((word, i) => (
        <li key={i}>{word}</li>
      ))}
    </ol>
  );
}
