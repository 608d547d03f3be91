import { AxeBuilder } from '@axe-core/playwright'
import { expect, type TestInfo } from '@playwright/test'
import type { Desk } from './desk.ts'

/** Photographs each state of the desk and lets axe look at it. */
export class Look {
  /** What axe found, in words. */
  readonly found: string[] = []
  private readonly desk: Desk
  private readonly info: TestInfo
  private count = 0

  constructor(desk: Desk, info: TestInfo) {
    this.desk = desk
    this.info = info
  }

  /** `toast`: the state is about a toast, which is kept on screen; otherwise toasts are waited away. */
  async at(state: string, toast = false): Promise<void> {
    const { page } = this.desk
    // A toast that fades while axe looks at it has too little contrast.
    if (toast) await this.desk.id('toast').last().hover()
    else await expect(this.desk.id('toast')).toHaveCount(0, { timeout: 20_000 })
    await settled(this.desk)
    this.count += 1
    await page.screenshot({ path: this.info.outputPath(`${String(this.count).padStart(2, '0')}-${state}.png`) })
    // Fluent's focus helpers are hidden and focusable by design; they give the focus on at once.
    const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze()
    for (const { id, impact, nodes } of violations) {
      const where = nodes.slice(0, 3).map((node) => `${node.target.join(' ')}: ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`)
      this.found.push(`${state}: ${id} (${impact}) ${where.join(' | ')}`)
    }
    if (toast) await page.mouse.move(0, 0)
  }
}

/** Waits until what fades or slides has come to rest; what turns for ever is let turn. */
export async function settled(desk: Desk): Promise<void> {
  await desk.page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.race([Promise.allSettled(ending.map((one) => one.finished)), new Promise((resolve) => setTimeout(resolve, 1500))])
  })
  // A dialog that closes gives the page back a moment later.
  await desk.page.waitForFunction(() => document.getElementById('root')?.ariaHidden !== 'true' || document.querySelector('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null)
}
