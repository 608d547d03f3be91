import { Desk } from '../harness/desk.ts'
import { sipp } from '../harness/sipp.ts'
import { expect, test } from '../harness/stage.ts'

type Row = { state: string; end_reason: string; caller_number: string; wait_ms: number }

/** Scenarios in which the caller waits in the queue and hangs up, by the transports that they are played on. */
const CALLS: [string, boolean[]][] = [
  ['basic', [false, true]], ['hold', [false]], ['retransmission', [false]], ['late_offer', [false, true]], ['session_timer', [false]],
  ['latin1', [false]], ['no_length', [false]], ['update', [false]], ['info', [false]], ['reinvite_without_offer', [false]], ['missing_ack', [false]],
]
/** Scenarios that make no call. */
const NO_CALLS: [string, boolean[]][] = [
  ['unknown_method', [false, true]], ['register', [false]], ['stray_bye', [false]], ['cancel_unknown', [false]], ['options', [false]],
  ['session_timer_small', [false]], ['no_common_codec', [false]],
]

test('sipp: each call of each scenario is an interaction that ended in order, and nobody is left in the queue', async ({ desk, server, centre }, info) => {
  const plays = [...CALLS, ...NO_CALLS].flatMap(([scenario, transports]) => transports.map((tcp) => ({ scenario, tcp })))
  for (const { scenario, tcp } of plays) await test.step(`${scenario} over ${tcp ? 'TCP' : 'UDP'}`, () => sipp(info.outputDir, scenario, server.sipPort, { tcp }))
  await test.step('50 calls wait at once', () => sipp(info.outputDir, 'queued', server.sipPort, { calls: 50 }))
  const expected = CALLS.flatMap(([, transports]) => transports).length + 50
  await expect.poll(async () => (await interactions(centre)).filter((row) => row.state === 'completed').length).toBe(expected)
  const rows = await interactions(centre)
  expect(rows.filter((row) => row.state !== 'completed' || row.end_reason !== 'caller_hung_up')).toEqual([])
  await nobodyWaits(desk)
})

test.describe('while it rings', () => {
  test.use({ callRingMs: 20_000 })

  test('sipp: a caller who gives up is told so and recorded', async ({ desk, server, centre }, info) => {
    for (const tcp of [false, true]) await sipp(info.outputDir, 'cancel', server.sipPort, { tcp })
    await expect.poll(async () => (await interactions(centre)).map((row) => `${row.state} ${row.end_reason}`)).toEqual(['completed caller_cancelled', 'completed caller_cancelled'])
    await nobodyWaits(desk)
  })
})

async function interactions(centre: { admin: { ask<T>(method: string, path: string): Promise<T> } }): Promise<Row[]> {
  return (await centre.admin.ask<{ rows: Row[] }>('GET', '/interactions?limit=200')).rows
}

/** An agent who becomes ready is offered nothing. */
async function nobodyWaits(desk: Desk): Promise<void> {
  await desk.beginShift()
  await expect(desk.page.getByText('Nobody is waiting')).toBeVisible()
  await desk.stateIs('ready')
}
