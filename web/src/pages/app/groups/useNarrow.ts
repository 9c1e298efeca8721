import { useEffect, useState } from "preact/hooks";

/** Whether the window is narrower than that many pixels. */
export function useNarrow(width: number): boolean {
  const [query] = useState(() => matchMedia(`(width < ${width}px)`));
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const look = (): void => setNarrow(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return narrow;
}
