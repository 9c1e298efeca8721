import type { ComponentChildren, JSX } from "preact";
import { go, path } from "./place.ts";

/** A link inside the app: opened in place, or in a new tab when the browser is asked to. */
export function Link({ to, class: name, children }: { to: string; class?: string; children: ComponentChildren }): JSX.Element {
  return (
    <a
      href={to}
      class={name ?? ""}
      {...(path.value === to ? { "aria-current": "page" as const } : path.value.startsWith(`${to}/`) ? { "aria-current": "true" as const } : {})}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
