// The page's calls. Each is repeated, with the same bytes, until the server has answered: an old phone on a train must
// not lose what it claimed. Repeating is safe: spec/handover.md §5.
import { fromUtf8, type Bytes } from "../../protocol/bytes.ts";
import { tell } from "./dom.ts";
import { say } from "./words.ts";

/** Until then, or until the phone has a connection again. */
export const pause = (seconds: number): Promise<unknown> =>
  new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
    addEventListener("online", resolve, { once: true });
  });

/** Tries until it is done: a file of ours may have to wait for a connection. */
export async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      const done = await attempt();
      tell("");
      return done;
    } catch {
      tell(say("offline"));
      await pause(3);
    }
}

export interface Answer {
  ok: boolean;
  status: number;
  bytes: Bytes;
  // The answer or the problem as the API describes it; whatever decides over secrets is verified afterwards.
  json: any;
}

/** Only 429 and 5xx are worth repeating; any other refusal is an answer. */
export async function post(call: string, body: object): Promise<Answer> {
  for (let wait = 1; ; wait = Math.min(wait * 2, 16)) {
    let seconds = wait;
    try {
      const response = await fetch("/api/link/" + call, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        credentials: "omit",
        // A browser without it has no time-out.
        signal: AbortSignal.timeout?.(60_000)!,
      });
      const { ok, status, headers } = response;
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (status < 500 && status !== 429) {
        // What isn't JSON where it should be comes from something in between, such as a hotel's sign-in page.
        const json = call === "file" || bytes.length === 0 ? {} : JSON.parse(fromUtf8(bytes));
        tell("");
        return { ok, status, bytes, json };
      }
      seconds = Math.min(Number(headers.get("retry-after")) || wait, 60);
      tell(say("offline"));
    } catch {
      tell(say("offline"));
    }
    await pause(seconds);
  }
}
