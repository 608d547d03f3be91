// Checks the softphone against a second peer connection in the same browser: tone heard, mute, reload, loss of the peer.
// Usage: npm run build && node mock/line.mjs
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { startMock } from './server.mjs'

const profile = join(tmpdir(), `hookflash-line-${process.pid}`)
const mock = await startMock()
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/lib/chromium/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required'],
})

/** The far end: plays a tone and answers an offer with gathered candidates. */
async function answerer(page, hz) {
  await page.goto(`${mock.url}/favicon.svg`)
  return (sdp) =>
    page.evaluate(
      async ([offer, frequency]) => {
        globalThis.peer?.close()
        const audio = new AudioContext()
        const tone = new OscillatorNode(audio, { frequency })
        const out = audio.createMediaStreamDestination()
        tone.connect(out)
        tone.start()
        const peer = (globalThis.peer = new RTCPeerConnection())
        peer.addTrack(out.stream.getAudioTracks()[0], out.stream)
        await peer.setRemoteDescription({ type: 'offer', sdp: offer })
        await peer.setLocalDescription(await peer.createAnswer())
        while (peer.iceGatheringState !== 'complete') await new Promise((done) => peer.addEventListener('icegatheringstatechange', done, { once: true }))
        return { sdp: peer.localDescription.sdp }
      },
      [sdp, hz],
    )
}

try {
  const far = context.pages()[0]
  mock.desk.answerLine = await answerer(far, 1000)
  const page = await context.newPage()
  await page.addInitScript(() => localStorage.setItem('hookflash.probe', '1'))
  await page.goto(mock.url)
  await page.getByTestId('sign-in-name').fill('dana')
  await page.getByTestId('sign-in-password').fill('right password')
  await page.getByTestId('sign-in-submit').click()
  await page.getByTestId('agent-state').click()
  await page.getByTestId('agent-state-ready').click()
  await page.locator('[data-testid=agent-state][data-state=ready]').waitFor()
  const heard = () => page.waitForFunction(() => { const hz = window.__hookflash?.remotePeakHz(); return hz !== null && hz !== undefined && Math.abs(hz - 1000) < 15 ? hz : false }, undefined, { timeout: 15_000 })
  console.log('after Ready:', await page.evaluate(() => window.__hookflash.phase()), 'heard', await (await heard()).jsonValue(), 'Hz')
  await page.reload()
  console.log('after reload: heard', await (await heard()).jsonValue(), 'Hz; offers', mock.desk.line_offers)
  mock.desk.send({ type: 'line', state: 'down' })
  await page.waitForFunction(() => window.__hookflash.phase() !== 'up')
  console.log('after line down: heard', await (await heard()).jsonValue(), 'Hz; offers', mock.desk.line_offers)
  mock.desk.send({ type: 'line', state: 'replaced' })
  await page.locator('[data-testid=line-state][data-state=replaced]').waitFor()
  console.log('replaced: connection', await page.evaluate(() => window.__hookflash.connectionState()))
} finally {
  await context.close()
  mock.close()
  await rm(profile, { recursive: true, force: true })
}
