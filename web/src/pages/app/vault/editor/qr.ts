// The text of a QR code in a picture: by the browser itself where it can, else by a decoder that is loaded when it is needed.

interface Detector {
  detect: (image: ImageBitmap) => Promise<{ rawValue: string }[]>;
}

declare const BarcodeDetector: undefined | { new (options: { formats: string[] }): Detector; getSupportedFormats: () => Promise<string[]> };

const mostPixels = 4_000_000;
/** Milliseconds that a hard picture may take. */
const patience = 500;

/** Undefined when there is none in it; throws for what is no picture. */
export async function readQr(picture: Blob): Promise<string | undefined> {
  const image = await createImageBitmap(picture);
  try {
    return (await detect(image)) ?? (await decode(image));
  } finally {
    image.close();
  }
}

async function detect(image: ImageBitmap): Promise<string | undefined> {
  try {
    if (typeof BarcodeDetector === "undefined" || !(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return undefined;
    return (await new BarcodeDetector({ formats: ["qr_code"] }).detect(image))[0]?.rawValue;
  } catch {
    return undefined;
  }
}

async function decode(image: ImageBitmap): Promise<string | undefined> {
  const { default: decodeQr } = await import("qr/decode.js");
  // A photograph is made smaller; a small picture stays as it is.
  const scale = Math.min(1, Math.sqrt(mostPixels / (image.width * image.height)));
  const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0, width, height);
  const pixels = context.getImageData(0, 0, width, height);
  context.clearRect(0, 0, width, height);
  try {
    return decodeQr(pixels, { timeLimit: patience });
  } catch {
    return undefined;
  }
}
