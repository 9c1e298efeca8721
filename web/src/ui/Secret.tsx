import type { JSX } from "preact";

/** A secret in the clear: digits and signs coloured, so that 0 and O, 1 and l can't be taken for each other. */
export function Secret({ text }: { text: string }): JSX.Element {
  const runs = text.match(/\p{L}+|\p{N}+|[^\p{L}\p{N}]+/gu) ?? [];
  return (
    <span class="secret mono">
      {runs.map((run, i) => (
        <span key={i} class={/^\p{L}/u.test(run) ? "letters" : /^\p{N}/u.test(run) ? "digits" : "signs"}>
          {run}
        </span>
      ))}
    </span>
  );
}
