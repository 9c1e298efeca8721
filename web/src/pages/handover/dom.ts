// Elements without a framework. Text goes in as text nodes, so nothing in a handover can become markup; secrets never
// become attributes.

type Child = Node | string | false | undefined;

/** An element with these properties. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, properties: object = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...(children.filter(Boolean) as (Node | string)[]));
  return made;
}

/** A paragraph of this class. */
export const p = (className: string, ...children: Child[]): HTMLElement => element("p", { className }, ...children);

/** What it is about is heard, not seen: the place on the screen says it already. */
export const button = (text: string, onclick: () => unknown, about = ""): HTMLButtonElement =>
  element("button", { type: "button", onclick }, text, element("span", { className: "heard" }, " " + about));

/** Changes what a button says. */
export const rename = (button: HTMLButtonElement, text: string): void => {
  button.firstChild!.nodeValue = text;
};

/** Copies with a confirming tick; where there is no clipboard what is shown gets selected, to be copied by hand. */
export function copyButton(text: string, copied: string, about: string, value: () => string, shown: Node): HTMLButtonElement {
  const made = button(
    text,
    () =>
      navigator.clipboard.writeText(value()).then(
        () => {
          rename(made, "✓ " + copied);
          setTimeout(rename, 2000, made, text);
        },
        () => getSelection()!.selectAllChildren(shown),
      ),
    about,
  );
  return made;
}

/** Replaces what the page shows and takes screen readers to its heading. */
export function screen(title: string, ...children: Child[]): void {
  const heading = element("h1", { tabIndex: -1 }, (document.title = title));
  document.querySelector("main")!.replaceWith(element("main", {}, heading, ...children));
  scrollTo(0, 0);
  heading.focus();
}

/** A line at the foot that screen readers hear; empty: gone. */
export function tell(text: string): void {
  document.querySelector("[role=status]")!.textContent = text;
}
