// One call to the server. Everything it can say other than yes is a Problem (spec/api.md, RFC 9457).

export interface ProblemBody {
  type: string;
  status: number;
  errors?: Record<string, string>;
  guessesLeft?: number;
  state?: string;
  limit?: number;
  /** Ids of the entries that changed meanwhile. */
  entries?: string[];
}

const prefix = "urn:baton:problem:";

export class Problem extends Error {
  /** The stable name behind the prefix; `offline` without an answer, `server` for an answer that is no problem of ours. */
  readonly type: string;
  readonly status: number;
  readonly body: ProblemBody | null;

  constructor(type: string, status: number, body: ProblemBody | null = null) {
    super(type);
    this.type = type;
    this.status = status;
    this.body = body;
  }
}

export interface CallOptions {
  /** An object, or the exact text to repeat. */
  json?: unknown;
  bytes?: Uint8Array<ArrayBuffer>;
  signal?: AbortSignal;
}

export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const response = await ask(method, path, options);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw new Problem("server", response.status);
  }
}

/** For the few answers that are no JSON. */
export async function callForBytes(method: string, path: string, options: CallOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const response = await ask(method, path, options);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    if (options.signal?.aborted) throw options.signal.reason;
    throw new Problem("offline", 0);
  }
}

async function ask(method: string, path: string, { json, bytes, signal }: CallOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json, application/problem+json" };
  if (json !== undefined) headers["Content-Type"] = "application/json";
  if (bytes !== undefined) headers["Content-Type"] = "application/octet-stream";
  const body = bytes ?? (json === undefined ? null : typeof json === "string" ? json : JSON.stringify(json));

  let response: Response;
  try {
    response = await fetch(path, { method, headers, body, credentials: "same-origin", redirect: "error", cache: "no-store", signal: signal ?? null });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem("offline", 0);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as ProblemBody;
    if (typeof body.type === "string" && body.type.startsWith(prefix)) return new Problem(body.type.slice(prefix.length), response.status, body);
  } catch {
    // A proxy's page or nothing at all: told by its status.
  }
  return new Problem("server", response.status);
}
