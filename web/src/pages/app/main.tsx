import { render } from "preact";

render(<h1>Baton</h1>, document.getElementById("app")!);
