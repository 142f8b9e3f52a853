// Makes the pictures in assets/icons from their SVG sources: a browser draws them, ico.mjs packs them.
//   node electron/build/icons.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findChromium } from './find-chromium.mjs';
import { icoFile } from './ico.mjs';

const folder = fileURLToPath(new URL('../../assets/icons', import.meta.url));
const TRAY = [16, 20, 24, 32, 48];
const APP = [16, 20, 24, 32, 40, 48, 64, 128, 256];

/** What is made of each source: an .ico of these sizes, and .png files by size. */
const PICTURES = [
  { source: 'siloscope', ico: APP, png: { 'siloscope-32': 32, 'siloscope-256': 256, 'siloscope-512': 512 } },
  ...['idle', 'busy', 'leak', 'error'].map(state => ({
    source: `tray-${state}`,
    ico: TRAY,
    png: { [`tray-${state}`]: 32 },
  })),
  { source: 'badge-leak', ico: [], png: { 'badge-leak': 32 } },
];

const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic', '--no-first-run'],
});
try {
  const page = await browser.newPage();
  for (const { source, ico, png } of PICTURES) {
    const svg = readFileSync(join(folder, `${source}.svg`), 'utf8');
    const sizes = [...new Set([...ico, ...Object.values(png)])];
    const drawn = new Map();
    for (const size of sizes) drawn.set(size, await draw(page, svg, size));
    if (ico.length > 0) writeFileSync(join(folder, `${source}.ico`), icoFile(ico.map(size => drawn.get(size))));
    for (const [name, size] of Object.entries(png)) writeFileSync(join(folder, `${name}.png`), drawn.get(size).png);
  }
} finally {
  await browser.close();
}

async function draw(page, svg, size) {
  const drawn = await page.evaluate(
    async ({ svg, size }) => {
      const image = new Image(size, size);
      image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = size;
      canvas.height = size;
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(image, 0, 0, size, size);
      const { data } = context.getImageData(0, 0, size, size);
      return { rgba: [...data], png: canvas.toDataURL('image/png').split(',')[1] };
    },
    { svg, size },
  );
  return { size, rgba: Uint8Array.from(drawn.rgba), png: Buffer.from(drawn.png, 'base64') };
}
