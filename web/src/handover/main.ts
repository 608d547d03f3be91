import './style.css'
import { codeOf, Door, type Act, type View } from './api'
import { Page } from './page'
import { tellLanguage } from './words'

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 15_000
/** Between two answers that tell nothing new, should the server not wait. */
const LEAST_PAUSE_MS = 1_000

const root = document.getElementById('page')
tellLanguage()
if (root) void run(root, new Door(location.hash.slice(1)))

/** Shows the page, and what is new on it, until it is over. */
async function run(root: HTMLElement, door: Door): Promise<void> {
  const page: Page = new Page(root, (act) => carryOut(door, page, act), door)
  const opened = await persist(page, () => door.open())
  let view = opened
  while (view && view.state !== 'over') {
    page.show(view)
    const { version } = view
    view = await persist(page, () => door.after(page.version ?? version))
    if (view?.version === version) await pause(LEAST_PAUSE_MS)
  }
  if (view) page.show(view)
}

/** Asks until there is an answer; none where there never will be. */
async function persist(page: Page, ask: () => Promise<View>): Promise<View | null> {
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    try {
      const view = await ask()
      page.connected(true)
      return view
    } catch (error) {
      const code = codeOf(error)
      if (code === 'unknown_link' || code === 'too_many_attempts') {
        page.fail(code)
        return null
      }
      page.connected(false)
      await pause(wait)
    }
  }
}

/** The code of what went wrong; none where nothing did. */
async function carryOut(door: Door, page: Page, act: Act): Promise<string | null> {
  try {
    page.show(await door.act(act))
    return null
  } catch (error) {
    return codeOf(error)
  }
}

function pause(wait_ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, wait_ms))
}
