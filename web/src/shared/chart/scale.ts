/** Steps of an axis from 0 on: round numbers, at most so many above 0, the last not below the greatest value. */
export function ticksOf(greatest: number, most = 4): number[] {
  const rough = Math.max(greatest, 1) / most
  const power = 10 ** Math.floor(Math.log10(rough))
  // Things are counted: no step is smaller than one.
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough)
  return Array.from({ length: Math.ceil(Math.max(greatest, 1) / step) + 1 }, (_, index) => index * step)
}

/** Which of so many names on an axis are written, so that each has `room` of `width`. */
export function labelledOf(count: number, width: number, room: number): (index: number) => boolean {
  const every = Math.max(1, Math.ceil((count * room) / Math.max(width, 1)))
  return (index) => index % every === 0
}

/** A place within a picture. */
export type Box = { left: number; top: number; width: number; height: number }

/** The bar of a point: its left edge and width. */
export function bandOf(index: number, count: number, { left, width }: Box): { x: number; width: number } {
  const band = width / Math.max(count, 1)
  const gap = Math.min(band * 0.2, 8)
  return { x: left + index * band + gap / 2, width: Math.max(band - gap, 1) }
}
