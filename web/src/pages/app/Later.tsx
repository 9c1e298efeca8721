// A page whose script is fetched when it is first opened, so that the first load stays small.
import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../../api/http.ts";
import { t } from "../../ui/text/index.ts";
import { Working } from "../../ui/Working.tsx";
import { ProblemNotice } from "./ProblemNotice.tsx";

/** The page in place of itself. A fetch that failed is tried again when the member asks for it. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => JSX.Element {
  let found: ComponentType<P> | undefined;
  return function Later(props: P): JSX.Element {
    const [Page, setPage] = useState<ComponentType<P> | undefined>(() => found);
    const [problem, setProblem] = useState<unknown>(null);
    const fetchPage = (): void => {
      setProblem(null);
      load().then(
        (page) => {
          found = page;
          setPage(() => page);
        },
        () => setProblem(new Problem("offline", 0)),
      );
    };
    useEffect(() => {
      if (Page === undefined) fetchPage();
    }, []);
    if (Page !== undefined) return <Page {...props} />;
    if (problem === null) return <Working label={t("app.loading")} done={null} />;
    return (
      <>
        <ProblemNotice problem={problem} />
        <div class="actions">
          <button type="button" onClick={fetchPage}>
            {t("app.retry")}
          </button>
        </div>
      </>
    );
  };
}
