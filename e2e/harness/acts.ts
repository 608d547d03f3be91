import { expect } from '@playwright/test'
import type { Desk } from './desk.ts'
import type { Phone } from './phone.ts'
import type { Pool } from './pool.ts'

/** The experts of the story: the first declines, the second does not answer, the third accepts. */
export async function experts(pool: Pool): Promise<void> {
  await pool.behaves('oskar.lindqvist', { kind: 'declines', after_ms: 1500 })
  await pool.behaves('tom.becker', { kind: 'silent' })
  await pool.behaves('priya.raman', { kind: 'answers', after_ms: 800 })
}

/** A call that is up: the agent is ready, the customer has called, the agent has answered. */
export async function callUp(desk: Desk, phone: Phone): Promise<void> {
  await desk.beginShift()
  phone.call()
  await desk.answer()
}

/** Asks one person by name. */
export async function ask(desk: Desk, text: string, name: string, question: string): Promise<void> {
  await desk.findExpert(text, name)
  await desk.id('ask-question').fill(question)
  await desk.page.keyboard.press('Enter')
}

/** A chat with Priya. */
export async function talking(desk: Desk, pool: Pool, question = 'What does AM04 mean after a change of IBAN?'): Promise<void> {
  await pool.behaves('priya.raman', { kind: 'answers', after_ms: 300 })
  await ask(desk, 'pri', 'Priya Raman', question)
  await expect(desk.id('chat-input')).toBeVisible({ timeout: 15_000 })
}

/** Ends the call, chooses a disposition and is done. */
export async function finish(desk: Desk): Promise<void> {
  await desk.page.keyboard.press('Control+e')
  await desk.stateIs('wrap_up')
  await done(desk)
}

export async function done(desk: Desk): Promise<void> {
  await desk.id('wrapup-disposition').selectOption({ label: 'Solved' })
  await expect(desk.id('wrapup-saved')).toHaveAttribute('data-state', 'saved')
  await desk.page.keyboard.press('Control+s')
  await desk.id('idle').waitFor()
}
