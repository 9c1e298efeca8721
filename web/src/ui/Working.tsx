import type { JSX } from "preact";
import { useId } from "preact/hooks";

/** Long work: what it is, how far it is. Without a number nobody knows yet. */
export function Working({ label, hint, done }: { label: string; hint?: string; done: number | null }): JSX.Element {
  const id = useId();
  return (
    <div class="working">
      <label for={id}>{label}</label>
      {done === null ? <progress id={id} /> : <progress id={id} max={1} value={done} />}
      {hint && <p class="hint">{hint}</p>}
    </div>
  );
}
