import { expect, type Locator, type Page } from '@playwright/test'
import { until } from './poll.ts'
import { PASSWORD } from './server.ts'

/** The desk as an agent uses it: what is on screen, and what is done with keys and clicks. */
export class Desk {
  readonly page: Page
  readonly url: string
  /** Errors of the page itself; a test that saw one fails at its end. */
  readonly faults: string[] = []

  constructor(page: Page, url: string) {
    this.page = page
    this.url = url
    page.on('pageerror', (error) => this.faults.push(String(error)))
  }

  id(testId: string): Locator {
    return this.page.getByTestId(testId)
  }

  async open(path = '/'): Promise<void> {
    await this.page.addInitScript(() => {
      if (location.protocol !== 'http:') return
      localStorage.setItem('hookflash.probe', '1')
      localStorage.setItem('hookflash.audio', 'raw')
    })
    await this.page.goto(this.url + path)
  }

  /** Changes one of the agent's choices and waits until it is stored: to leave the page sooner would take it back. */
  async choose(change: () => Promise<unknown>): Promise<void> {
    const stored = this.page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.url().endsWith('/api/v1/me/choices'))
    await change()
    expect((await stored).ok()).toBe(true)
  }

  /** Waits until the page has asked so often in vain whether its session still holds. */
  async sessionUnanswered(times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      await this.page.waitForEvent('requestfailed', { predicate: (request) => request.url().endsWith('/api/v1/session'), timeout: 30_000 })
    }
  }

  async signIn(name = 'dana', password = PASSWORD): Promise<void> {
    await this.open()
    await this.id('sign-in-name').fill(name)
    await this.id('sign-in-password').fill(password)
    await this.id('sign-in-submit').click()
  }

  /** Signs in, opens the audio and waits until calls can be offered. */
  async beginShift(name = 'dana'): Promise<void> {
    await this.signIn(name)
    await this.id('idle').waitFor()
    await this.beReady()
  }

  async beReady(): Promise<void> {
    await this.id('agent-state').click()
    await this.id('agent-state-ready').click()
    await this.stateIs('ready')
    await this.lineIs('up')
  }

  async stateIs(state: string): Promise<void> {
    await expect(this.id('agent-state')).toHaveAttribute('data-state', state)
  }

  async lineIs(phase: string): Promise<void> {
    await expect(this.id('line-state')).toHaveAttribute('data-state', phase, { timeout: 15_000 })
  }

  /** Waits for an offer and answers it by key. */
  async answer(): Promise<void> {
    await this.id('offer').waitFor()
    await this.page.keyboard.press('Control+Enter')
    await this.callIsUp()
  }

  async callIsUp(): Promise<void> {
    await expect(this.id('interaction')).toHaveAttribute('data-state', 'connected')
  }

  /** Puts the focus on the page, where single letters are keys. */
  async leaveField(): Promise<void> {
    await this.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  }

  /** Searches by key, waits for one name on top and asks that person. */
  async findExpert(text: string, name: string): Promise<void> {
    await this.leaveField()
    await this.page.keyboard.press('/')
    await expect(this.id('expert-search')).toBeFocused()
    await this.page.keyboard.type(text)
    await expect(this.id('expert-result-0')).toContainText(name)
    await this.page.keyboard.press('Enter')
    await expect(this.id('ask-form')).toContainText(name)
  }

  /** Searches by key and ticks who is on top. */
  async tick(text: string, name: string): Promise<void> {
    await this.leaveField()
    await this.page.keyboard.press('/')
    await expect(this.id('expert-search')).toBeFocused()
    await this.page.keyboard.type(text)
    await expect(this.id('expert-result-0')).toContainText(name)
    // Nothing is ticked while a search is on its way.
    await expect(async () => {
      if (!(await this.id('ticked').filter({ hasText: name }).isVisible())) await this.page.keyboard.press('Shift+Enter')
      await expect(this.id('ticked')).toContainText(name, { timeout: 500 })
    }).toPass({ timeout: 10_000 })
  }

  /** The first, second … invitation in the chat that is shown. */
  invitation(number: number): Locator {
    return this.page.getByTestId(/^invitation-\d+$/).nth(number - 1)
  }

  async invitationIs(number: number, state: string, limit_ms = 15_000): Promise<void> {
    await expect(this.invitation(number)).toHaveAttribute('data-state', state, { timeout: limit_ms })
  }

  message(text: string): Locator {
    return this.id('message').filter({ hasText: text })
  }

  async messageIs(text: string, state: string | RegExp, limit_ms = 10_000): Promise<void> {
    await expect(this.message(text)).toHaveAttribute('data-state', state, { timeout: limit_ms })
  }

  async say(text: string): Promise<void> {
    await this.id('chat-input').fill(text)
    await this.id('chat-input').press('Enter')
  }

  /** The loudest frequency that comes out of the headset; null when it is quiet. */
  peakHz(): Promise<number | null> {
    return this.page.evaluate(() => (window as unknown as { __hookflash?: { remotePeakHz(): number | null } }).__hookflash?.remotePeakHz() ?? null)
  }

  /** Waits until this is all that is heard for a while. */
  async hears(frequency: number | null, limit_ms = 10_000): Promise<void> {
    let seen: (number | null)[] = []
    await until(`the agent to hear ${frequency ?? 'nothing'}`, async () => {
      seen = [...seen.slice(-4), await this.peakHz()]
      return seen.length === 5 && seen.every((one) => isAbout(one, frequency))
    }, limit_ms, () => seen)
  }

  /** Writes down what is heard from here on, ten times a second, until the page is loaded again. */
  async listen(): Promise<void> {
    await this.page.evaluate(() => {
      const probed = window as unknown as { heard: (number | null)[]; __hookflash: { remotePeakHz(): number | null } }
      probed.heard = []
      setInterval(() => probed.heard.push(probed.__hookflash.remotePeakHz()), 100)
    })
  }

  /** The tones heard since `listen`, one after the other, to the nearest 20 Hz. */
  async story(): Promise<number[]> {
    const heard = await this.page.evaluate(() => (window as unknown as { heard: (number | null)[] }).heard)
    const tones = heard.filter((one) => one !== null).map((one) => Math.round(one / 20) * 20)
    return tones.filter((one, index) => one !== tones[index - 1])
  }

  /** Moves the focus by Tab until it is on the part that is wanted. */
  async tabTo(target: Locator, limit = 60): Promise<void> {
    for (let count = 0; count < limit; count += 1) {
      if (await target.evaluate((element) => element === document.activeElement || element.contains(document.activeElement)).catch(() => false)) return
      await this.page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not reach ${String(target)}`)
  }
}

function isAbout(seen: number | null, wanted: number | null): boolean {
  if (seen === null || wanted === null) return seen === wanted
  return Math.abs(seen - wanted) < 25
}
