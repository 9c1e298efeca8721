// Names of the organization's members, for "changed by": asked for once, and again when somebody new turns up.
import { signal } from "@preact/signals";
import { members } from "../../../api/members.ts";
import { t } from "../../../ui/text/index.ts";
import { access } from "../access/access.ts";

const names = signal<ReadonlyMap<string, string>>(new Map());
let asked = new Set<string>();

/** Their name, once it is here. */
export function nameOf(member: string): string {
  const now = access.value;
  if (now.kind === "open" && now.vault.session.member.id === member) return now.vault.session.member.name;
  const name = names.value.get(member);
  if (name === undefined && !asked.has(member)) {
    asked.add(member);
    void load();
  }
  return name ?? t("vault.someone");
}

async function load(): Promise<void> {
  try {
    const answer = await members();
    if (access.peek().kind === "open") names.value = new Map(answer.members.map((one) => [one.member, one.name]));
  } catch {
    // Without names the page says "someone".
  }
}

/** For as long as the page lives. */
export function watchPeople(): void {
  access.subscribe((now) => {
    if (now.kind === "open") return;
    names.value = new Map();
    asked = new Set();
  });
}
