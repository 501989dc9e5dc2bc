import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartError } from '@eventxperts/errors';
import { type BrowserContext, chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Viewport {
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture to one of the page; 1 by default. */
  readonly scale?: number;
}

export interface PictureBrowser {
  /** Runs `take` in a window of its own, without anything that an earlier one left. */
  open<R>(viewport: Viewport, take: (window: BrowserContext) => Promise<R>): Promise<R>;
}

/** @throws StartError when there is no browser. */
export function createPictureBrowser(path = '/usr/bin/chromium'): PictureBrowser {
  if (!existsSync(path)) {
    throw new StartError(`There is no browser at ${path}: set CHROMIUM to the path of a Chromium.`);
  }
  return {
    async open({ width, height, scale = 1 }, take) {
      const profile = await mkdtemp(join(tmpdir(), 'pictures-profile-'));
      const window = await chromium.launchPersistentContext(profile, {
        executablePath: path,
        headless: true,
        args: flags,
        viewport: { width, height },
        deviceScaleFactor: scale,
        colorScheme: 'light',
      });
      try {
        return await take(window);
      } finally {
        await window.close();
        await rm(profile, { recursive: true, force: true });
      }
    },
  };
}
