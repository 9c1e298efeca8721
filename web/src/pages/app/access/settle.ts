// Changes of members, groups and keys: each is made from a reading of the session, and somebody else may have been faster.
import { Problem } from "../../../api/http.ts";
import { access, endedSession, refreshSession } from "./access.ts";

/** Does it; after a newer card or key, reads the session again and does it once more from there. */
export async function retryStale<T>(what: () => Promise<T>): Promise<T> {
  try {
    return await what();
  } catch (problem) {
    if (!(problem instanceof Problem && (problem.type === "stale-key" || problem.type === "stale-revision"))) throw problem;
    await refreshSession();
    return what();
  }
}

/** The same, and then takes in what it changed. Throws where the page was locked meanwhile. */
export async function settle<T>(what: () => Promise<T>): Promise<T> {
  try {
    const result = await retryStale(what);
    await refreshSession();
    // What was read may have locked the page: then nobody is there to be told of success.
    if (access.value.kind !== "open") throw new DOMException("The page was locked.", "AbortError");
    return result;
  } catch (problem) {
    endedSession(problem);
    throw problem;
  }
}
