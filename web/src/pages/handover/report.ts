// "This was not me", "I expected more": an alarm for the sender. A scanner that presses every button dismisses the question.
import { button, tell } from "./dom.ts";
import { post } from "./network.ts";
import { say } from "./words.ts";

export function reportButton(reason: "not-me" | "more", text: string, locator: string): HTMLButtonElement {
  const made = button(text, async () => {
    if (!confirm(`${text}. ${say("told")}`)) return;
    made.disabled = true;
    await post("report", { locator, reason });
    tell("✓ " + say("told"));
  });
  return made;
}
