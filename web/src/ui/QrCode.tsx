import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

const scale = 6;

/** Drawn, not written: a link must stand in no attribute. Always dark on white, which is what cameras read. */
export function QrCode({ modules, label }: { modules: readonly (readonly boolean[])[]; label: string }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = modules.length * scale;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, side, side);
    context.fillStyle = "#000";
    modules.forEach((row, y) => row.forEach((dark, x) => dark && context.fillRect(x * scale, y * scale, scale, scale)));
  }, [modules]);
  return <canvas ref={canvas} class="qr" width={side} height={side} role="img" aria-label={label} />;
}
