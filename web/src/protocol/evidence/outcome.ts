// What is known of who opened a handover, in sentences. spec/evidence.md §3.
import type { Told, ToldEntry, ToldReceipt } from "./told.ts";
import type { Speech } from "./words.ts";

/** What is known of who opened it, one sentence a grade, and how good that is. */
export function outcome(told: Told, speech: Speech): { text: string; tone: "good" | "bad" | "notice" } {
  const { say, sayOf } = speech;
  const last = told.receipts.at(-1);
  if (told.grades[0] === "unopened") return { text: sayOf("unopened", told.end?.kind ?? "", "unopened"), tone: "notice" };
  const opened = told.hasPassword ? say("password", { channel: channelOf(told, speech) }) : say("link");
  const displayed = say(told.grades.includes("displayed") ? "displayed" : "displayed.not");
  const sentences = [opened, displayed, ...(last && told.grades.includes("confirmed") ? answers(last, speech) : [])];
  const bad = !told.grades.includes("displayed") || last?.statuses.includes("problem");
  return { text: sentences.join(" "), tone: bad ? "bad" : "good" };
}

/** How the access password travelled, as the sender recorded it. */
export const channelOf = (told: Told, { sayOf }: Speech): string => sayOf("channel", told.first("created")?.text("channel") ?? "", "channel.none");

/** What a receipt says of the items, by their numbers. */
export function answers({ statuses }: ToldReceipt, { count }: Speech): string[] {
  const numbers = (problem: boolean) => statuses.flatMap((status, i) => ((status === "problem") === problem ? [i + 1] : []));
  const [fine, wrong] = [numbers(false), numbers(true)];
  return [
    ...(fine.length > 0 ? [count("confirmed", fine.length, { list: fine.join(", ") })] : []),
    ...(wrong.length > 0 ? [count("problem", wrong.length, { list: wrong.join(", ") })] : []),
  ];
}

/** "This was not me", wherever it stands. */
export const report = (entry: ToldEntry, { sayOf }: Speech): string => sayOf("reported", entry.text("reason") ?? "", "reported.more");

/** When it was taken down, or another time that it names. */
export const timeOf = (entry: ToldEntry, speech: Speech, name = "time"): string => {
  const ms = entry.number(name);
  return ms === undefined ? "–" : speech.time(ms);
};
