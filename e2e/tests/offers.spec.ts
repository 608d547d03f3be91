import { finish } from '../harness/acts.ts'
import { ANNA, JAMES } from '../harness/centre.ts'
import { expect, test } from '../harness/stage.ts'
import { AGENT, CALLER, MUSIC, OTHER_CALLER } from '../harness/tones.ts'

test('a declined call waits with music at the head of the queue and is offered again', async ({ desk, phone }) => {
  const [anna, james] = [await phone(ANNA), await phone(JAMES, OTHER_CALLER)]
  await desk.beginShift()
  anna.call()
  await desk.id('offer').waitFor()
  james.call()
  await james.hears(MUSIC)
  await desk.id('offer-decline').click()
  await expect(desk.id('offer')).toHaveCount(0)
  await desk.stateIs('not_ready')
  await expect(desk.id('agent-state')).toHaveAttribute('data-reason', 'not_responding')
  await anna.hears(MUSIC)
  await desk.id('agent-state').click()
  await desk.id('agent-state-ready').click()
  await expect(desk.id('offer')).toContainText('Anna Müller')
  await desk.answer()
  await desk.hears(CALLER)
  await anna.hears(AGENT)
  await finish(desk)
  await expect(desk.id('offer')).toContainText("James O'Neill")
  await desk.answer()
  await desk.hears(OTHER_CALLER)
  await james.hears(AGENT)
  expect(await anna.story()).toEqual([MUSIC, AGENT])
  expect(await james.story()).toEqual([MUSIC, AGENT])
})

test('a break that is chosen in a call begins after the wrap-up', async ({ desk, phone }) => {
  await desk.beginShift()
  const anna = await phone(ANNA)
  anna.call()
  await desk.answer()
  await desk.id('agent-state').click()
  await desk.id('agent-state-not-ready-break').click()
  await expect(desk.id('agent-state')).toContainText('then Break')
  await desk.stateIs('engaged')
  await finish(desk)
  await desk.stateIs('not_ready')
  await expect(desk.id('agent-state')).toHaveAttribute('data-reason', 'break')
})
