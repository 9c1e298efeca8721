// What the tabs of one browser tell each other: that it was locked, signed out, or used. Never more than these words.

export type Word = "lock" | "sign-out" | "used";

const channel = new BroadcastChannel("baton");

/** Heard by the other tabs, not by this one. */
export const tell = (word: Word): void => channel.postMessage(word);

export function listen(hear: Record<Word, () => void>): void {
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === "lock" || data === "sign-out" || data === "used") hear[data]();
  };
}
