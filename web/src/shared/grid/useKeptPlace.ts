import { type RefObject, useLayoutEffect, useRef } from 'react'
import { ROW_PX } from './styles'

/** Rows that come in above do not push away what is being read: who has scrolled keeps their rows on screen. */
export function useKeptPlace(frame: RefObject<HTMLElement | null>, keys: string[]): void {
  const first = keys[0]
  const before = useRef(first)
  useLayoutEffect(() => {
    const was = before.current
    before.current = first
    const element = frame.current
    if (!element || element.scrollTop === 0 || was === undefined || was === first) return
    const above = keys.indexOf(was)
    if (above > 0) element.scrollBy(0, above * ROW_PX)
  }, [frame, first, keys])
}
