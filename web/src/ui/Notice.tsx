import type { ComponentChildren, JSX } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";

export type Tone = "info" | "good" | "warn" | "bad";

const iconOf: Record<Tone, IconName> = { info: "info", good: "circle-check", warn: "triangle-alert", bad: "circle-alert" };

/** Bad news is an alert, read at once; anything else is read when the reader comes to it. */
export function Notice({ tone = "info", icon, children }: { tone?: Tone; icon?: IconName; children: ComponentChildren }): JSX.Element {
  return (
    <div class={`notice ${tone}`} role={tone === "bad" ? "alert" : undefined}>
      <Icon name={icon ?? iconOf[tone]} />
      <div>{children}</div>
    </div>
  );
}

export function Empty({ icon, title, children }: { icon: IconName; title: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <Icon name={icon} size={28} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}
