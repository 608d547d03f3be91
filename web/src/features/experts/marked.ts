import { useState } from 'react'

/** What is marked in a search: the how manieth of `count` people and the groups behind them. */
type Mark = { text: string; index: number; count: number }

/** Where the same is now: people who came since are before the groups. */
export function markNow({ index, count }: Mark, people: number): number {
  return index < count ? index : index + people - count
}

/** The mark among what was found for `text`: where it was put, and `first` in new results. */
export function useMark(text: string | undefined, people: number, first: number) {
  const [mark, setMark] = useState<Mark | null>(null)
  const marked = mark && mark.text === text ? markNow(mark, people) : first
  const setMarked = (index: number) => setMark(text === undefined ? null : { text, index, count: people })
  return { marked, setMarked, unmark: () => setMark(null) }
}
