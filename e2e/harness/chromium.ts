import { existsSync } from 'node:fs'

const PLACES = ['/usr/bin/chromium', '/usr/lib/chromium/chromium']

/** Debian's Chromium, or the one that CHROMIUM names. */
export function chromiumPath(): string {
  const named = process.env.CHROMIUM
  const found = named ?? PLACES.find((place) => existsSync(place))
  if (!found) throw new Error('Chromium is needed; install with: apt-get install chromium (or set CHROMIUM)')
  return found
}

/** Flags for a browser without a screen and a network, whose microphone is a file. */
export function chromiumFlags(microphone: string): string[] {
  return [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${microphone}`,
    '--autoplay-policy=no-user-gesture-required',
  ]
}
