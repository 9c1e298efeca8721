// Long work outlasts a dropped connection, a busy server and its limits for a minute.
import { Problem } from "../../../api/http.ts";

const pauses = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const passing = ["offline", "too-many-requests", "quota-exceeded", "not-ready"];

/** `again` hears that the call is repeated: an answer may have got lost on the way back. */
export async function patiently<T>(signal: AbortSignal, call: () => Promise<T>, again: () => void = () => {}): Promise<T> {
  for (const pause of pauses) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Problem) || !passing.includes(error.type)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      signal.throwIfAborted();
      again();
    }
  }
  return call();
}
